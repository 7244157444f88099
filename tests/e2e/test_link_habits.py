"""What people do with the link: back, twice, in two tabs, from a text, without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from local.loopback import HOST
from tests.e2e.browser import PHONE
from tests.e2e.deployed import Deployed
from tests.e2e.link_visits import (
    LINK,
    expect_record_page,
    expect_text,
    log_in,
    log_in_beforehand,
    open_text,
    two_children,
)


@pytest.fixture
def page(chromium: Browser, deployed: Deployed) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, base_url=deployed.stack.portal_address)
    yield context.new_page()
    context.close()


def test_back_leads_from_the_childs_page_to_the_text_and_into_no_redirect(
    page: Page, deployed: Deployed
) -> None:
    student, guardian = deployed.college.student_with_guardian()
    log_in_beforehand(page, guardian)
    open_text(page, deployed)
    page.get_by_role("link").click()
    expect_record_page(page, deployed, student)
    page.go_back()
    expect_text(page)


def test_back_leads_from_the_childs_page_to_the_choice_and_from_there_to_the_text(
    page: Page, deployed: Deployed
) -> None:
    _, second, guardian = two_children(deployed.college)
    log_in_beforehand(page, guardian)
    open_text(page, deployed)
    page.get_by_role("link").click()
    page.get_by_role("link", name="Ben").click()
    expect_record_page(page, deployed, second)
    page.go_back()
    expect(page.get_by_role("link", name="Ben")).to_be_visible()
    page.go_back()
    expect_text(page)


def test_a_double_tap_does_what_a_tap_does(page: Page, deployed: Deployed) -> None:
    _, second, guardian = two_children(deployed.college)
    log_in_beforehand(page, guardian)
    open_text(page, deployed)
    page.get_by_role("link").dblclick()
    page.get_by_role("link", name="Ben").dblclick()
    expect_record_page(page, deployed, second)


def test_two_tabs_may_report_two_children(page: Page, deployed: Deployed) -> None:
    first, second, guardian = two_children(deployed.college)
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(LINK)
    log_in(page, guardian)
    other.goto(LINK)
    page.get_by_role("link", name="Amira").click()
    other.get_by_role("link", name="Ben").click()
    expect_record_page(page, deployed, first)
    expect_record_page(other, deployed, second)


def test_a_strict_cookie_costs_one_tap_more(page: Page, deployed: Deployed) -> None:
    student, guardian = deployed.college.student_with_guardian()
    log_in_beforehand(page, guardian, strict=True)
    open_text(page, deployed)
    page.get_by_role("link").click()
    page.get_by_role("link", name="Continue").click()
    expect_record_page(page, deployed, student)


def test_an_old_cookie_of_the_sessions_name_keeps_nobody_out(
    page: Page, deployed: Deployed
) -> None:
    student, guardian = deployed.college.student_with_guardian()
    page.context.add_cookies(
        [{"name": "portal_session", "value": "old", "domain": HOST, "path": LINK}]
    )
    page.goto(LINK)
    log_in(page, guardian)
    expect_record_page(page, deployed, student)


def test_the_whole_way_works_without_script(chromium: Browser, deployed: Deployed) -> None:
    _, second, guardian = two_children(deployed.college)
    with chromium.new_context(
        java_script_enabled=False, viewport=PHONE, base_url=deployed.stack.portal_address
    ) as context:
        page = context.new_page()
        open_text(page, deployed)
        page.get_by_role("link").click()
        log_in(page, guardian)
        page.get_by_role("link", name="Ben").click()
        expect_record_page(page, deployed, second)


def test_the_keyboard_alone_leads_to_the_childs_page(page: Page, deployed: Deployed) -> None:
    _, second, guardian = two_children(deployed.college)
    log_in_beforehand(page, guardian)
    page.goto(LINK)
    for _ in range(2):
        page.keyboard.press("Tab")
    chosen = page.get_by_role("link", name="Ben")
    expect(chosen).to_be_focused()
    expect(chosen).to_have_css("outline-style", "solid")
    page.keyboard.press("Enter")
    expect_record_page(page, deployed, second)
