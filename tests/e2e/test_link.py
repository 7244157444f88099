"""The link in the text, followed by a real browser through the deployed stack."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from absence_texts.identifiers import GuardianId, StudentId
from local.programs import program
from tests.e2e.deployed import Deployed

PHONE = {"width": 320, "height": 640}
LINK = "/recordabsencelink.aspx"
# As root Chromium runs only without its sandbox; the rest keeps it from calling home.
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program("chromium"), args=CHROMIUM_OPTIONS
        )
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser, deployed: Deployed) -> Iterator[BrowserContext]:
    """Yield a phone's browser with nothing in it, whose addresses begin at the portal's."""
    context = chromium.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        base_url=deployed.stack.portal_address,
    )
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


def log_in(page: Page, guardian: GuardianId) -> None:
    expect(page).to_have_url(re.compile("/login.aspx"))
    page.get_by_label("Which guardian are you?").select_option(str(guardian))
    page.get_by_role("button", name="Log in").click()


def expect_record_page(page: Page, deployed: Deployed, student: StudentId) -> None:
    (row,) = deployed.select("SELECT * FROM students WHERE student_id = %(id)s", id=student)
    name = f"{row['first_name']} {row['last_name']}"
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Record an absence for {name}")


@pytest.mark.parametrize("path", [LINK, "/a"])
def test_who_is_not_logged_in_logs_in_and_comes_to_the_only_childs_page(
    page: Page, deployed: Deployed, path: str
) -> None:
    student, guardian = deployed.college.student_with_guardian()
    page.goto(path)
    log_in(page, guardian)
    expect_record_page(page, deployed, student)


def test_who_is_logged_in_comes_to_the_only_childs_page_at_once(
    page: Page, deployed: Deployed
) -> None:
    student, guardian = deployed.college.student_with_guardian()
    page.goto("/login.aspx?ReturnUrl=/a")
    log_in(page, guardian)
    page.goto(LINK)
    expect_record_page(page, deployed, student)


def test_several_children_are_asked_about_first(page: Page, deployed: Deployed) -> None:
    first, guardian = deployed.college.student_with_guardian()
    second = deployed.college.student()
    deployed.college.link(guardian, second)
    page.goto(LINK)
    log_in(page, guardian)
    expect(page).to_have_url(re.compile(f"{LINK}/select$"))
    choices = page.get_by_role("main").get_by_role("listitem")
    expect(choices).to_have_count(2)
    choices.nth(1).get_by_role("link").click()
    expect_record_page(page, deployed, second)
    page.go_back()
    choices.nth(0).get_by_role("link").click()
    expect_record_page(page, deployed, first)


def test_a_child_whose_link_is_suspended_is_not_asked_about(page: Page, deployed: Deployed) -> None:
    active, guardian = deployed.college.student_with_guardian()
    suspended = deployed.college.student()
    deployed.college.link(guardian, suspended, status="suspended")
    page.goto(LINK)
    log_in(page, guardian)
    expect_record_page(page, deployed, active)


def test_a_guardian_of_nobody_is_told_whom_to_ring(page: Page, deployed: Deployed) -> None:
    guardian = deployed.college.guardian()
    page.goto(LINK)
    log_in(page, guardian)
    expect(page.get_by_role("main").get_by_role("link")).to_have_attribute(
        "href", re.compile("^tel:")
    )


def test_who_comes_back_from_login_without_a_session_gets_a_button_and_no_loop(
    page: Page, deployed: Deployed
) -> None:
    student, guardian = deployed.college.student_with_guardian()
    page.goto(LINK)
    returned_to = re.search("ReturnUrl=([^&]+)", page.url)
    log_in(page, guardian)
    expect_record_page(page, deployed, student)
    assert returned_to
    page.context.clear_cookies()
    page.goto(page.evaluate("decodeURIComponent", returned_to[1]))
    expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
    assert LINK in page.url
