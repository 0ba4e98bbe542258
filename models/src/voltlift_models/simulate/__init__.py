"""Made-up lifters to train on, from what studies found and what real logs look like.

Seeded: the same seed gives the same lifters, and lifter ``i`` is the same however many are
asked for. Simulated lifters may train models; they never score.
"""

from voltlift_models.simulate.logs import simulate, simulate_lifter

__all__ = ["simulate", "simulate_lifter"]
