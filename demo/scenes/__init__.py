"""The scenes of the demo pictures, by noun, over one canvas."""
