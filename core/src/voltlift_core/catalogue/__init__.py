"""The exercise catalogue and the matching of names to it."""
