"""VoltLift's engine: what to train next, computed on the lifter's own device.

The names in ``__all__`` are the public face; the bridge, the training code and embedding
applications use nothing else.
"""

from voltlift_core.catalogue.catalogue import Catalogue
from voltlift_core.contract import *  # noqa: F403
from voltlift_core.contract import __all__ as _contract_names
from voltlift_core.contract.methods import METHODS, Method
from voltlift_core.engine import Coach, Engine, Importer, Known, Ports, Samples
from voltlift_core.errors import ErrorCode, VoltLiftError
from voltlift_core.ports import (
    Artefact,
    Clock,
    FeatureEntry,
    FeatureStore,
    LogRecord,
    LogStore,
    ModelRegistry,
    Progress,
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
    "METHODS",
    "Artefact",
    "Catalogue",
    "Clock",
    "Coach",
    "Engine",
    "ErrorCode",
    "FeatureEntry",
    "FeatureStore",
    "Importer",
    "Json",
    "Known",
    "LogRecord",
    "LogStore",
    "Method",
    "ModelRegistry",
    "Ports",
    "Progress",
    "Samples",
    "VoltLiftError",
    "__version__",
    "camel_case",
    "decode",
    "encode",
    "encode_json",
    "fields_of",
    "json_schema",
    "parse_json",
    *_contract_names,
]
