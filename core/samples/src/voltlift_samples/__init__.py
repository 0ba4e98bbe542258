"""Made-up lifters and made-up exercises: for trying out, for tests and for benchmarks."""

from voltlift_samples.catalogue import generated_catalogue
from voltlift_samples.plans import LIFTERS
from voltlift_samples.state import sample_state

__all__ = ["LIFTERS", "generated_catalogue", "sample_state"]
