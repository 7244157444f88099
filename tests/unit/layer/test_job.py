"""A job holds the ledger id of one text, and nothing else."""

import pytest

from absence_texts.identifiers import AbsenceTextId
from absence_texts.job import MalformedJobError, job_body, parse_job


def test_a_job_is_the_ledger_id_only() -> None:
    assert job_body(AbsenceTextId(7)) == '{"absence_text_id": 7}'
    assert parse_job(job_body(AbsenceTextId(7))) == 7


@pytest.mark.parametrize(
    "body",
    ["", "rubbish", "7", "[]", "{}", '{"absence_text_id": "7"}', '{"absence_text_id": true}'],
)
def test_anything_else_is_malformed(body: str) -> None:
    with pytest.raises(MalformedJobError):
        parse_job(body)
