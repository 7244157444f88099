"""docs/criteria.md and the table of criteria tell the same rules, in the same words and order."""

import re
from pathlib import Path

from absence_texts import criteria
from absence_texts.data_checks import DATA_CHECKS

DOCUMENT = Path(__file__).parents[3] / "docs" / "criteria.md"
_SECTION = re.compile(
    r"(?m)^## `(?P<name>\w+)`\n\n> (?P<sentence>.+)\n\n(?P<meaning>[^#>]+)", re.MULTILINE
)


def test_the_document_has_each_criterion_with_its_sentence_in_the_tables_order() -> None:
    told = [(found["name"], found["sentence"]) for found in _SECTION.finditer(DOCUMENT.read_text())]
    table = criteria.CRITERIA + DATA_CHECKS
    assert told == [(criterion.name, criterion.sentence) for criterion in table]


def test_the_document_says_of_each_criterion_what_we_take_it_to_mean() -> None:
    for section in _SECTION.finditer(DOCUMENT.read_text()):
        assert len(section["meaning"].split()) >= 10, section["name"]
