"""Each destination of the link, reached with a phone and with a desktop computer."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import VIEWPORTS
from tests.e2e.deployed import Deployed
from tests.e2e.link_visits import (
    LINK,
    SELECT,
    expect_record_page,
    log_in,
    log_in_beforehand,
    two_children,
)


@pytest.fixture(params=VIEWPORTS)
def page(request: pytest.FixtureRequest, chromium: Browser, deployed: Deployed) -> Iterator[Page]:
    context = chromium.new_context(
        viewport=VIEWPORTS[request.param], base_url=deployed.stack.portal_address
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", [LINK, "/a", "/RecordAbsenceLink.aspx/"])
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
    log_in_beforehand(page, guardian)
    page.goto(LINK)
    expect_record_page(page, deployed, student)


def test_several_children_are_asked_about_first(page: Page, deployed: Deployed) -> None:
    first, second, guardian = two_children(deployed.college)
    page.goto(LINK)
    log_in(page, guardian)
    expect(page).to_have_url(re.compile(f"{SELECT}$"))
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


@pytest.mark.parametrize("status", ["active", "suspended"])
def test_who_may_report_nobody_may_ring_or_log_in_as_someone_else(
    page: Page, deployed: Deployed, status: str
) -> None:
    student, other = deployed.college.student_with_guardian()
    page.goto(LINK)
    log_in(page, deployed.college.guardian(status=status))
    expect(page.locator(".contact").get_by_role("link").first).to_have_attribute(
        "href", re.compile("^tel:")
    )
    page.get_by_role("link", name="Log in as someone else").click()
    log_in(page, other)
    expect_record_page(page, deployed, student)


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
