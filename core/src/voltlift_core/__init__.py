"""VoltLift's engine: what to train next, computed on the lifter's own device.

The names in ``__all__`` are the public face; the bridge, the training code and embedding
applications use nothing else.
"""

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import *  # noqa: F403
from voltlift_core.contract import __all__ as _contract_names
from voltlift_core.contract.methods import METHODS, Method
from voltlift_core.engine import (
    Ask,
    Coach,
    Discovery,
    Engine,
    EngineState,
    Importer,
    Known,
    Learned,
    LoadForecast,
    LoadModel,
    Models,
    Ports,
    Replayer,
    Samples,
)
from voltlift_core.engine.intake import take_in
from voltlift_core.errors import ErrorCode, VoltLiftError, check_range
from voltlift_core.features.frame import FeatureFrame
from voltlift_core.features.moment import FeatureInputs
from voltlift_core.features.registry import FEATURES
from voltlift_core.features.vectors import DENSE_100, VectorSpec
from voltlift_core.history.log import TrainingLog
from voltlift_core.history.records import CurrentRecord, SetRecord
from voltlift_core.ports import (
    ACTIVE_BUDGET,
    STORED_BUDGET,
    Artefact,
    Clock,
    FeatureEntry,
    FeatureStore,
    Inference,
    InferenceSession,
    Installed,
    LogRecord,
    LogStore,
    ModelRegistry,
    Progress,
    Tensor,
)
from voltlift_core.version import VERSION
from voltlift_core.wire import (
    Json,
    camel_case,
    decode,
    encode,
    encode_json,
    fields_of,
    json_schema,
    parse_json,
)

__version__ = VERSION

__all__ = [
    "ACTIVE_BUDGET",
    "DENSE_100",
    "FEATURES",
    "METHODS",
    "STORED_BUDGET",
    "Artefact",
    "Ask",
    "Catalogue",
    "Clock",
    "Coach",
    "Discovery",
    "CurrentRecord",
    "Engine",
    "EngineState",
    "ErrorCode",
    "FeatureFrame",
    "FeatureInputs",
    "FeatureEntry",
    "FeatureStore",
    "Importer",
    "Inference",
    "InferenceSession",
    "Installed",
    "Json",
    "Known",
    "Learned",
    "LoadForecast",
    "LoadModel",
    "LogRecord",
    "LogStore",
    "Method",
    "ModelRegistry",
    "Models",
    "Ports",
    "Progress",
    "Replayer",
    "Samples",
    "SetRecord",
    "Tensor",
    "TrainingLog",
    "VectorSpec",
    "VoltLiftError",
    "__version__",
    "camel_case",
    "check_range",
    "decode",
    "encode",
    "encode_json",
    "fields_of",
    "json_schema",
    "parse_json",
    "take_in",
    *_contract_names,
]
