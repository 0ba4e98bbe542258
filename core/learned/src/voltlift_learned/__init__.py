"""What models see of a lifter's log, and how their answers become points and weights.

A package of its own above the engine, loaded with the first model that is active. Training
computes its features with this very code, so what a model was fitted to is what it is asked.
"""
