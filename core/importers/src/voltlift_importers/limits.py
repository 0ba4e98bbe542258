"""How much an import takes; beyond, it refuses instead of keeping the device busy."""

MAX_CSV_BYTES = 25_000_000
MAX_JSON_BYTES = 100_000_000
MAX_ROWS = 200_000

MAX_SESSIONS = 50_000
"""More than anybody trains in a life; each costs time."""
