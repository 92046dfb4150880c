"""What may be done, what is seen, and what happens by itself."""
