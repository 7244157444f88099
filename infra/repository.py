"""The paths of this checkout's parts."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
FUNCTIONS = ROOT / "functions"
DB_PACKAGE = ROOT / "db"
SHARED_PACKAGE = ROOT / "layers" / "common" / "python" / "absence_texts"
LAYER_REQUIREMENTS = ROOT / "layers" / "common" / "requirements.txt"
WHEELS = ROOT / ".local" / "layer-wheels"


def function_packages() -> list[str]:
    return sorted(handler.parent.name for handler in FUNCTIONS.glob("*/handler.py"))
