import sys
from pathlib import Path

# The package is beside the tests, not among the installed ones.
sys.path.insert(0, str(Path(__file__).parents[2]))
