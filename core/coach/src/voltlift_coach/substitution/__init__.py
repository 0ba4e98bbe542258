"""What to do instead of an exercise, and with which load to begin."""
