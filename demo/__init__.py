"""The demonstration: this folder brought into an empty portal, every text through the real steps."""
