"""The page of a day in Chromium: readable, filtered without a server, and closed to the network."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from absence_texts.account import Told
from tests.e2e.browser import AXE, DESKTOP, PHONE, SCHEMES, VIEWPORTS, Scheme
from tests.support.day_pages import a_day_page

STUDENTS = 1_300
LONG = "Wolfeschlegelsteinhausenbergerdorff-" * 3 + "{}"
STUDENT = "1299"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write a page of 1,300 students, as of a college of 3,000, and return its address."""
    path = tmp_path_factory.mktemp("page") / "day.html"
    path.write_text(a_day_page(STUDENTS, reference=LONG).html())
    return path.as_uri()


@pytest.fixture(scope="module")
def shown(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open a page of a few students; its policy is off, because it would refuse axe."""
    path = tmp_path_factory.mktemp("page") / "day.html"
    path.write_text(a_day_page(reference=LONG).html())
    with chromium.new_context(bypass_csp=True, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        page.add_script_tag(path=AXE)
        yield page


@pytest.fixture
def page(chromium: Browser, file: str) -> Iterator[Page]:
    with chromium.new_context(viewport=DESKTOP) as context:
        page = context.new_page()
        page.goto(file)
        yield page


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("viewport", VIEWPORTS.values(), ids=VIEWPORTS)
def test_axe_finds_nothing(shown: Page, viewport: ViewportSize, scheme: Scheme) -> None:
    """The words inside a picture are left to the next test: axe can't judge words so short."""
    shown.set_viewport_size(viewport)
    shown.emulate_media(color_scheme=scheme)
    found = shown.evaluate("axe.run({exclude: ['.chart .graph']})")
    assert [rule["id"] for rule in found["violations"] + found["incomplete"]] == []
    assert {"color-contrast", "svg-img-alt"} <= {rule["id"] for rule in found["passes"]}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_words_in_a_picture_have_the_colour_of_the_words_around_it(
    shown: Page, scheme: Scheme
) -> None:
    shown.emulate_media(color_scheme=scheme)
    fills = shown.locator(".chart text").evaluate_all(
        "all => [...new Set(all.map(each => getComputedStyle(each).fill))]"
    )
    assert fills == [shown.evaluate("getComputedStyle(document.body).color")]


@pytest.mark.parametrize("viewport", VIEWPORTS.values(), ids=VIEWPORTS)
def test_the_page_is_no_wider_than_the_screen_and_shows_each_picture_once(
    shown: Page, viewport: ViewportSize
) -> None:
    shown.set_viewport_size(viewport)
    assert shown.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    for figure in shown.locator("figure").all():
        assert figure.locator("svg:visible").count() <= 1
        assert figure.locator("svg:visible, table:visible").count() >= 1


def test_the_page_is_light_or_dark_as_the_device_is(shown: Page) -> None:
    papers = set()
    for scheme in SCHEMES:
        shown.emulate_media(color_scheme=scheme)
        papers.add(shown.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert papers == {"rgb(255, 255, 255)", "rgb(25, 34, 42)"}


def test_the_page_asks_nothing_of_anybody_and_breaks_no_rule_of_its_policy(
    chromium: Browser, file: str
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        requested: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(file)
        assert requested == [file]
        assert complaints == []
        page.evaluate("fetch('http://127.0.0.1:9/').catch(() => 0)")
        assert any("Content Security Policy" in line for line in complaints)


def test_the_filter_finds_a_student_by_the_end_of_a_reference(page: Page) -> None:
    page.get_by_label("Find a student").fill(STUDENT)
    rows = page.locator("#account tbody tr:visible")
    expect(rows).to_have_count(1)
    expect(page.locator("#shown")).to_have_text(f"1 of {STUDENTS} students shown")
    page.get_by_label("Find a student").fill("")
    expect(rows).to_have_count(STUDENTS)


def test_the_filter_shows_one_outcome(page: Page) -> None:
    page.get_by_label("Show").select_option("not told")
    told = page.locator("#account tbody tr:visible").evaluate_all(
        "rows => [...new Set(rows.map(row => row.dataset.told))]"
    )
    assert told == [Told.NOT_TOLD]


def test_a_large_page_opens_and_filters_at_once(page: Page, file: str) -> None:
    started = monotonic()
    page.goto(file)
    page.get_by_label("Find a student").fill(STUDENT)
    expect(page.locator("#account tbody tr:visible")).to_have_count(1)
    assert monotonic() - started < 5


def test_without_scripts_the_account_is_whole_and_no_filter_is_shown(
    chromium: Browser, file: str
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(file)
        expect(page.locator("#filter")).to_be_hidden()
        expect(page.locator("#account tbody tr:visible")).to_have_count(STUDENTS)


def test_on_paper_the_page_is_light_and_the_numbers_are_open(shown: Page) -> None:
    shown.set_viewport_size(DESKTOP)
    shown.emulate_media(color_scheme="dark", media="print")
    ink = shown.evaluate("getComputedStyle(document.body).color")
    assert ink == "rgb(21, 32, 43)"
    expect(shown.locator("#filter")).to_be_hidden()
    for table in shown.locator("figure table").all():
        expect(table).to_be_visible()
    shown.emulate_media(media="screen")


def test_the_page_prints_on_a4(page: Page, tmp_path: Path) -> None:
    page.pdf(path=tmp_path / "day.pdf", prefer_css_page_size=True)
    pdf = (tmp_path / "day.pdf").read_bytes()
    assert b"/MediaBox [0 0 594.95996 841.91998]" in pdf
