"""Next working weight: what a model sees of a log, its answer, and how sure it is."""
