"""Lifters to samples: what each model sees, as of the moment of each question."""
