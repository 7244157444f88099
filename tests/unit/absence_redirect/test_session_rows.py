"""Who is logged in and which students they see, when the college's views hold rows twice."""

import json
from decimal import Decimal

import pytest

from absence_redirect.destination import LinkedStudent, Session
from absence_redirect.pages import Pages
from absence_redirect.sessions import SessionRow, read_session
from tests.support.link import follow, link_settings, record_page, request, sha256

TOKEN, OLD = sha256("token"), sha256("old")
AMIRA = LinkedStudent(reference="STE1", first_name="Amira")
BEN = LinkedStudent(reference="STE2", first_name="Ben")


def row(
    *,
    token: str | bytes = TOKEN,
    guardian: int | None = 7,
    is_active: int | None = 1,
    student: int | None = 21,
    reference: object = "STE1",
    name: object = "Amira",
    last_name: object = None,
) -> SessionRow:
    return SessionRow(guardian, is_active, student, reference, name, last_name, token)


def seen(*rows: SessionRow) -> tuple[LinkedStudent, ...]:
    session = read_session(rows)
    assert session is not None
    return session.students


BENS = row(student=22, reference="STE2", name="Ben")


def test_each_student_is_seen_in_the_order_of_the_rows() -> None:
    assert seen(BENS, row()) == (BEN, AMIRA)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [row(guardian=None)],
        [row(guardian=7), row(guardian=8)],
        [row(), row(guardian=None)],
        [row(token=TOKEN), row(token=TOKEN.upper(), guardian=8)],
        [row(token=TOKEN, guardian=7), row(token=OLD, guardian=8)],
        [row(token=OLD, guardian=None)],
    ],
    ids=["no row", "ended", "two guardians of one token", "ended and not", "in capitals as well",
         "two sessions of two guardians", "the old cookie alone"],
)  # fmt: skip
def test_a_session_counts_only_if_nobody_can_doubt_whose_it_is(rows: list[SessionRow]) -> None:
    assert read_session(rows) is None


@pytest.mark.parametrize(
    "other",
    [
        row(),
        row(token=TOKEN.upper()),
        row(token=TOKEN.encode()),
        row(token=f"{TOKEN}  "),
        row(token=OLD, guardian=None),
        row(token=OLD, guardian=7),
    ],
    ids=["the row twice", "in capitals", "as bytes", "padded", "an old session that ended",
         "another session of the guardian"],
)  # fmt: skip
def test_a_second_row_that_leaves_no_doubt_changes_nothing(other: SessionRow) -> None:
    assert read_session([row(), other]) == Session(
        guardian_id=7, guardian_is_active=True, students=(AMIRA,)
    )


@pytest.mark.parametrize(
    "others",
    [
        [row(reference=None)],
        [row(reference="STE9")],
        [row(name="Zoe")],
        [row(student=23)],
        [row(student=23, reference=" ste1 ")],
    ],
    ids=["inactive as well", "two references", "two names", "two ids", "two ids, other capitals"],
)
def test_a_student_in_doubt_is_not_seen(others: list[SessionRow]) -> None:
    assert seen(row(), *others, BENS) == (BEN,)


def test_an_account_that_is_suspended_in_one_of_two_rows_is_suspended() -> None:
    session = read_session([row(), row(is_active=0)])
    assert session == Session(guardian_id=7, guardian_is_active=False, students=())


@pytest.mark.parametrize("reference", [None, "", "  ", "X" * 161, b"", "\t"])
def test_a_student_without_a_reference_that_a_text_could_hold_is_not_seen(
    reference: object,
) -> None:
    assert seen(row(reference=reference), BENS) == (BEN,)


@pytest.mark.parametrize("reference", [" STE1 ", "STE1   ", b"STE1", "\tSTE1\n"])
def test_a_reference_leads_to_the_portal_as_the_text_prints_it(reference: object) -> None:
    session = read_session([row(reference=reference)])
    assert follow(request(), session)["headers"]["Location"] == record_page("STE1")


@pytest.mark.parametrize(
    ("held", "shown"),
    [(None, ""), ("", ""), ("  ", ""), (" Amira ", "Amira"), (b"Zo\xc3\xab", "Zoë"),
     (b"\xff", "\ufffd"), (7, "7"), (Decimal(7), "7")],
)  # fmt: skip
def test_a_name_of_any_type_is_read(held: object, shown: str) -> None:
    assert [student.first_name for student in seen(row(name=held))] == [shown]


def test_an_id_of_a_type_that_json_lacks_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    session = read_session([row(guardian=Decimal(7))])  # type: ignore[arg-type]
    assert follow(request(), session)["statusCode"] == 302
    assert json.loads(capsys.readouterr().out)["guardian_id"] == "7"


def test_two_hundred_students_are_two_hundred_choices() -> None:
    students = seen(*(row(student=n, reference=f"STE{n}", name="é" * 100) for n in range(200)))
    page = Pages(link_settings()).select(students)
    assert page.html.count("<li>") == 200
    assert len(page.html.encode()) < 6 * 1024 * 1024  # Lambda's own limit.
