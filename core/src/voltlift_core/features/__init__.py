"""Features: what the log says about lifter, exercises and moment, by name."""

from voltlift_core.features.frame import FeatureFrame
from voltlift_core.features.moment import FeatureInputs
from voltlift_core.features.registry import FEATURES
from voltlift_core.features.spec import GROUPS, FeatureSpec
from voltlift_core.features.view import LogView

__all__ = ["FEATURES", "GROUPS", "FeatureFrame", "FeatureInputs", "FeatureSpec", "LogView"]
