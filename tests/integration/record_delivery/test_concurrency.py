"""The same receipts, recorded by several invocations at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

from absence_texts.database import Credentials, Database, connect
from absence_texts.ledger import State
from tests.support.college import College
from tests.support.receipts import a_receipt, record
from tests.support.runs import Phones, deliver, detect

RECORDERS = 6
TEXTS = 10


def test_each_text_is_settled_and_logged_once(credentials: Credentials, database: Database) -> None:
    college = College(database)
    for _ in range(TEXTS):
        college.absence()
    detect(college)
    phones = Phones.in_doubt()
    for text in college.texts():
        deliver(college, phones, text_id=text["id"])
    lines = [
        a_receipt(f"message-{text['id']}", mobile=f"+447700900{text['guardian_id']:03d}")
        for text in college.texts()
    ]
    begin_together = Barrier(RECORDERS)

    def recorder(_number: int) -> int:
        with closing(connect(credentials)) as own:
            begin_together.wait()
            return record(College(own), *lines).get("settled", 0)

    with ThreadPoolExecutor(RECORDERS) as pool:
        settled = sum(pool.map(recorder, range(RECORDERS)))
    assert [text["state"] for text in college.texts()] == [State.DELIVERED] * TEXTS
    assert (settled, len(college.pastoral_logs())) == (TEXTS, TEXTS)
