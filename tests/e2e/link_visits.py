"""What a guardian does with the link in a browser, and which page they reach."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from playwright.sync_api import Page, expect

from absence_texts.database import connect, execute
from absence_texts.identifiers import GuardianId, StudentId
from tests.e2e.deployed import Deployed
from tests.support.college import College

LINK = "/recordabsencelink.aspx"
SELECT = f"{LINK}/select"
_TEXT = "http://texts.example/"

type Visit = Callable[[Page, Deployed], None]


def open_text(page: Page, deployed: Deployed) -> None:
    """Show the text, on another site than the portal."""
    link = deployed.stack.portal_address + LINK
    page.route(
        _TEXT,
        lambda route: route.fulfill(body=f'<a href="{link}">link</a>', content_type="text/html"),
    )
    page.goto(_TEXT)


def expect_text(page: Page) -> None:
    expect(page).to_have_url(_TEXT)


def log_in(page: Page, guardian: GuardianId, *, strict: bool = False) -> None:
    expect(page).to_have_url(re.compile("/login.aspx"))
    page.get_by_role("searchbox").fill(str(guardian))
    page.get_by_role("button", name="Find").click()
    if strict:
        page.get_by_label("SameSite=Strict").check()
    page.get_by_role("button", name=re.compile(rf"account {guardian}\b")).click()


def log_in_beforehand(page: Page, guardian: GuardianId, *, strict: bool = False) -> None:
    page.goto("/login.aspx?ReturnUrl=/login.aspx")
    log_in(page, guardian, strict=strict)


def expect_record_page(page: Page, deployed: Deployed, student: StudentId) -> None:
    (row,) = deployed.select("SELECT * FROM students WHERE student_id = %(id)s", id=student)
    name = f"{row['first_name']} {row['last_name']}"
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Record an absence for {name}")


def two_children(college: College) -> tuple[StudentId, StudentId, GuardianId]:
    first, guardian = college.student_with_guardian(first_name="Amira")
    second = college.student(first_name="Ben")
    college.link(guardian, second)
    return first, second, guardian


def _to_select(page: Page, deployed: Deployed) -> None:
    *_, guardian = two_children(deployed.college)
    page.goto(LINK)
    log_in(page, guardian)


def _to_nobody_linked(page: Page, deployed: Deployed) -> None:
    guardian = deployed.college.guardian()
    page.goto(LINK)
    log_in(page, guardian)


def _to_account_suspended(page: Page, deployed: Deployed) -> None:
    guardian = deployed.college.guardian(status="suspended")
    page.goto(LINK)
    log_in(page, guardian)


def _to_continue(page: Page, _deployed: Deployed) -> None:
    page.goto(f"{LINK}?from=login")


def _to_not_recognised(page: Page, deployed: Deployed) -> None:
    _to_continue(page, deployed)
    page.get_by_role("link", name="Continue").click()


def _to_problem(page: Page, deployed: Deployed) -> None:
    _, guardian = deployed.college.student_with_guardian()
    log_in_beforehand(page, guardian)
    with database_hanging(deployed):
        page.goto(LINK)


def _to_not_found(page: Page, deployed: Deployed) -> None:
    page.goto(f"{deployed.stack.api_address}/elsewhere")


def _to_not_allowed(page: Page, deployed: Deployed) -> None:
    page.set_content(f'<form method="post" action="{deployed.stack.api_address}/a"><button>')
    page.get_by_role("button").click()


@contextmanager
def database_hanging(deployed: Deployed) -> Iterator[None]:
    """Lock the table of sessions until the end of the block, so that a query of it hangs."""
    with closing(connect(deployed.stack.credentials)) as database:
        execute(database, "LOCK TABLES portal_sessions WRITE", {})
        yield


OUR_PAGES: dict[str, tuple[str, Visit]] = {
    "select": ("Who are you reporting an absence for?", _to_select),
    "nobody-linked": ("No student is linked to your account", _to_nobody_linked),
    "continue": ("Continue to report the absence", _to_continue),
    "not-recognised": ("Sorry, we cannot tell who you are", _to_not_recognised),
    "problem": ("Sorry, there is a problem with the service", _to_problem),
    "account-suspended": ("Your account is suspended", _to_account_suspended),
    "not-found": ("Page not found", _to_not_found),
    "not-allowed": ("Page not found", _to_not_allowed),
}
"""Each page of the link: its heading, and how a guardian reaches it."""


def come_to(name: str, page: Page, deployed: Deployed) -> None:
    heading, visit = OUR_PAGES[name]
    visit(page, deployed)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
