"""The press room of the demonstration: two years of it, every deed a person's click would call."""
