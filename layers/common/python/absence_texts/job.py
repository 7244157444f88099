"""The queue's message: the ledger id of one text."""

import json

from absence_texts.identifiers import AbsenceTextId


class MalformedJobError(ValueError):
    """A queue message that is not a job of this service."""


def job_body(text_id: AbsenceTextId) -> str:
    return json.dumps({"absence_text_id": text_id})


def parse_job(body: str) -> AbsenceTextId:
    """Read the ledger id back; raises MalformedJobError, without quoting the body."""
    try:
        job = json.loads(body)
    except ValueError as error:
        raise MalformedJobError("the message is not JSON") from error
    if not isinstance(job, dict) or type(job.get("absence_text_id")) is not int:
        raise MalformedJobError("the message has no whole number absence_text_id")
    return AbsenceTextId(job["absence_text_id"])
