"""Domain types: exercises, settings, units, vocabularies."""
