"""Made-up lifters and made-up exercises: for trying out, for tests and for benchmarks."""

from voltlift_core.samples.catalogue import generated_catalogue
from voltlift_core.samples.plans import LIFTERS
from voltlift_core.samples.state import sample_state

__all__ = ["LIFTERS", "generated_catalogue", "sample_state"]
