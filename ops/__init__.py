"""The command-line tool for the people who run the service: `python -m ops --help`."""

import sys
from pathlib import Path

_ROOT = Path(__file__).parent.parent

# Lambda puts these two on the path of the functions; `python -m ops` needs no further setting up.
sys.path += [str(_ROOT / "functions"), str(_ROOT / "layers" / "common" / "python")]
