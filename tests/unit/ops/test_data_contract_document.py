"""docs/data-contract.md and the contract that doctor checks are one."""

import re
from pathlib import Path

from ops.doctor.data_contract import CONTRACT, Index

DOCUMENT = Path(__file__).parents[3] / "docs" / "data-contract.md"
_SECTION = re.compile(r"(?ms)^## `(?P<table>\w+)`\n(?P<body>.*?)(?=^## )")
_COLUMN = re.compile(
    r"(?m)^\| `(?P<name>\w+)` \| (?P<kind>[^|]+) \| (?P<meaning>[^|]*) ?\|$", re.MULTILINE
)
_INDEX = re.compile(r"(?m)^- (?P<kind>unique|index) \((?P<columns>[^)]+)\)")


def told() -> dict[str, str]:
    return {found["table"]: found["body"] for found in _SECTION.finditer(DOCUMENT.read_text())}


def test_the_document_has_each_table_of_the_contract() -> None:
    assert list(told()) == list(CONTRACT)


def test_the_document_has_each_column_with_its_type() -> None:
    for name, table in CONTRACT.items():
        columns = {column["name"]: column["kind"] for column in _COLUMN.finditer(told()[name])}
        assert columns == {column: kind.words for column, kind in table.columns.items()}, name


def test_the_document_has_each_key_and_index() -> None:
    for name, table in CONTRACT.items():
        indexes = tuple(
            Index(tuple(re.findall(r"\w+", index["columns"])), unique=index["kind"] == "unique")
            for index in _INDEX.finditer(told()[name])
        )
        assert indexes == table.indexes, name


def test_the_document_says_which_columns_may_be_missing() -> None:
    for name, table in CONTRACT.items():
        optional = {
            column["name"]
            for column in _COLUMN.finditer(told()[name])
            if column["meaning"].startswith("optional")
        }
        assert optional == table.optional, name
