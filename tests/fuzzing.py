"""How many examples the tests run that look for anything that breaks a reader.

500 in ``make test``, 125 inside of Pyodide, and 10,000 in ``make test-fuzz``.
"""

from __future__ import annotations

from hypothesis import settings

FUZZ = settings(max_examples=5 * settings().max_examples)
