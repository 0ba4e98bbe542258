"""Write the contract's JSON Schema; ``generate_contract.mjs`` makes TypeScript of it.

Run by ``make generate``; ``make check`` runs it and fails on a difference.
"""

from __future__ import annotations

import json
from pathlib import Path

from voltlift_core import METHODS, ErrorCode, WorkoutSession, camel_case, json_schema

OUT = Path(__file__).resolve().parents[1] / "src" / "contract"


def main() -> None:
    """Write ``schema.json``: all classes, the method table and the error codes."""
    roots: dict[str, type] = {"WorkoutSession": WorkoutSession}
    for name, method in METHODS.items():
        roots[f"{name}:request"] = method.request
        roots[f"{name}:response"] = method.response
    schema = json_schema(roots)
    schema["x-methods"] = {
        camel_case(name): {
            "wire": name,
            "request": method.request.__name__,
            "response": method.response.__name__,
            "takesBytes": method.takes_bytes,
            "reports": method.reports,
        }
        for name, method in METHODS.items()
    }
    schema["x-error-codes"] = [str(code) for code in ErrorCode]
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "schema.json").write_text(json.dumps(schema, indent=2) + "\n")


if __name__ == "__main__":
    main()
