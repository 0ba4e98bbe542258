"""How suggestions would have predicted a lifter's own training.

A package of its own above the engine, which fulfils its port ``Replayer``. The questions, the
metrics and the simplest answers are those of the evaluation of ``voltlift_models``, which takes
them from here.
"""
