"""Writes the JSON Schemas of what the commands print with --json to docs/schemas."""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ops.day.listing import AccountRow
from ops.doctor.finding import FindingRow
from ops.explain.export import Export
from ops.explain.rows import CriterionRow
from ops.preview.rows import DifferenceRow, PreviewRow
from ops.reach.rows import MendRow, StepRow
from ops.redrive.command import RedriveRow
from ops.status.service_status import ServiceStatus

DIRECTORY = Path(__file__).parents[1] / "docs" / "schemas"
MODELS: dict[str, Any] = {
    "day": list[AccountRow],
    "unreached": list[AccountRow],
    "status": ServiceStatus,
    "explain": list[CriterionRow],
    "explain-export": Export,
    "preview": list[PreviewRow],
    "preview-compare": list[DifferenceRow],
    "redrive": list[RedriveRow],
    "reach": list[MendRow],
    "reach-steps": list[StepRow],
    "doctor": list[FindingRow],
}
"""What each command prints, by the command's name and an option that changes it."""


def schema_text(name: str) -> str:
    schema = TypeAdapter(MODELS[name]).json_schema(mode="serialization")
    heading = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name}
    return json.dumps(heading | schema, indent=2) + "\n"


def main() -> None:
    DIRECTORY.mkdir(exist_ok=True)
    for name in MODELS:
        (DIRECTORY / f"{name}.json").write_text(schema_text(name))


if __name__ == "__main__":
    main()
