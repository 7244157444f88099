"""docs/schemas holds the JSON Schema of each command that prints JSON."""

import pytest

from ops.schemas import DIRECTORY, MODELS, schema_text
from tests.unit.ops.test_commands_document import parsers


@pytest.mark.parametrize("name", MODELS)
def test_the_published_schema_is_what_the_command_prints(name: str) -> None:
    assert (DIRECTORY / f"{name}.json").read_text() == schema_text(name)


def test_no_schema_is_left_of_a_command_that_went() -> None:
    assert {path.stem for path in DIRECTORY.iterdir()} == set(MODELS)


def test_each_command_that_prints_json_has_a_schema() -> None:
    with_json = {name for name, parser in parsers().items() if "--json" in parser.format_help()}
    assert with_json == {name for name in MODELS if name in parsers()}
