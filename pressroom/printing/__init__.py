"""What the press room prints."""
