"""The pages: valid, readable and closed to whatever a database or a setting might hold."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote_plus

import pytest
from markupsafe import escape

from absence_redirect.destination import LinkedStudent
from absence_redirect.pages import Page, Pages
from tests.support.html_validate import complaints_about
from tests.support.link import (
    LINK,
    PORTAL,
    a_student,
    follow,
    link_settings,
    record_page,
    request,
)

WAYS = {
    "ATTENDANCE_HOURS": "Monday to Friday, 8am to 4pm",
    "ATTENDANCE_RELAY": "18001 01632 960000",
    "ATTENDANCE_EMAIL": "attendance@college.example",
}
PAGES = Pages(link_settings(**WAYS))
PAGE_NOT_FOUND = Pages(link_settings()).not_found()
HOSTILE = '<script>alert("1")</script>'
ALL_PAGES = {
    "select": PAGES.select((a_student(1), a_student(2))),
    "continue": PAGES.go_on(),
    "nobody linked": PAGES.nobody_linked(),
    "suspended": PAGES.account_suspended(),
    "not recognised": PAGES.not_recognised(),
    "problem": PAGES.problem("7F3A91C2"),
    "not found": PAGES.not_found(),
}
every_page = pytest.mark.parametrize("page", ALL_PAGES.values(), ids=ALL_PAGES.keys())


class Outline(HTMLParser):
    """A strict parser: each element that opens closes, in order."""

    VOID: ClassVar = {"meta", "img", "wbr"}

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(page.html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs))
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._open.pop()

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@every_page
def test_a_page_has_a_language_a_title_landmarks_and_one_heading(page: Page) -> None:
    outline = Outline(page)
    assert page.html.startswith("<!doctype html>")
    assert outline.all("html") == [{"lang": "en-GB"}]
    assert [len(outline.all(tag)) for tag in ("title", "header", "main", "h1")] == [1, 1, 1, 1]
    assert re.search("<title>.+ – Sample College</title>", page.html)


@every_page
def test_a_page_loads_nothing_and_runs_nothing(page: Page) -> None:
    outline = Outline(page)
    assert not {"script", "img", "link", "iframe", "form"} & {tag for tag, _ in outline.elements}
    attributes = {name for _, found in outline.elements for name in found}
    assert attributes <= {"lang", "charset", "name", "content", "class", "href"}


@every_page
def test_the_policy_allows_the_pages_own_style_only(page: Page) -> None:
    (style,) = re.findall("<style>(.*)</style>", page.html, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert page.sources == f"style-src 'sha256-{digest}'"


@every_page
def test_every_page_ends_with_the_same_ways_to_the_attendance_line(page: Page) -> None:
    assert contact(page) == contact(ALL_PAGES["continue"])
    for words in ("tel:01632960000", WAYS["ATTENDANCE_HOURS"], "tel:1800101632960000"):
        assert words in contact(page)
    assert 'href="mailto:attendance@college.example"' in contact(page)


def contact(page: Page) -> str:
    (found,) = re.findall('<div class="contact">.*</div>\n</main>', page.html, re.DOTALL)
    return str(found)


def test_a_college_may_have_a_number_alone() -> None:
    page = Pages(link_settings()).go_on()
    assert [a["href"] for a in Outline(page).all("a")][1:] == ["tel:01632960000"]
    assert len(re.findall("<p>", contact(page))) == 1


@pytest.mark.parametrize("name", ["nobody linked", "suspended"])
def test_a_guardian_of_nobody_can_log_in_as_someone_else(name: str) -> None:
    addresses = [anchor["href"] for anchor in Outline(ALL_PAGES[name]).all("a")]
    assert addresses[0] == f"{PORTAL}/logout.aspx?ReturnUrl={quote_plus(LINK)}"


def test_a_page_that_accepts_nothing_says_that_there_is_no_such_page() -> None:
    answer = follow(request(method="POST"))
    assert (answer["statusCode"], answer["body"]) == (405, PAGE_NOT_FOUND.html)


def test_the_select_page_names_each_student_once_with_their_reference_in_order() -> None:
    page = ALL_PAGES["select"]
    choices = re.findall(r'<li><a href="(.+?)"><span.*?>(.+?)</span> <span.*?>(.+?)</span>',
                         page.html)  # fmt: skip
    assert choices == [
        (record_page("STE00000001"), "First1", "STE00000001"),
        (record_page("STE00000002"), "First2", "STE00000002"),
    ]


def test_students_are_ordered_by_name_and_then_reference() -> None:
    names = {"STE1": "Zoë", "STE2": "eve", "STE3": "Élodie", "STE5": "Amira", "STE4": "Amira"}
    students = (LinkedStudent(reference=key, first_name=name) for key, name in names.items())
    shown = re.findall('class="reference">(.+?)<', PAGES.select(tuple(students)).html)
    assert shown == ["STE4", "STE5", "STE3", "STE2", "STE1"]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([("Amira", "Khan"), ("Ben", "Khan")], ["Amira", "Ben"]),
        ([("Amira", "Khan"), ("amira", "Shah")], ["Amira Khan", "amira Shah"]),
        ([("Amira", ""), ("Amira", "")], ["Amira", "Amira"]),
        ([("Amira", HOSTILE), ("Amira", "")], [f"Amira {escape(HOSTILE)}", "Amira"]),
    ],
)
def test_two_students_of_one_first_name_are_told_apart_by_the_last_name(
    names: list[tuple[str, str]], shown: list[str]
) -> None:
    students = [
        LinkedStudent(reference=f"STE{number}", first_name=first, last_name=last)
        for number, (first, last) in enumerate(names)
    ]
    page = PAGES.select(tuple(students)).html
    assert re.findall('<span class="name">(.+?)</span>', page) == shown


@pytest.mark.parametrize("hostile", [HOSTILE, '"><img src=x>', "javascript:alert(1)", "O’&amp;"])
def test_a_students_name_and_reference_stay_text(hostile: str) -> None:
    page = PAGES.select((LinkedStudent(first_name=hostile, reference=hostile), a_student()))
    outline = Outline(page)
    assert not {"script", "img"} & {tag for tag, _ in outline.elements}
    record = record_page("")
    assert all(str(a["href"]).startswith((record, "tel:", "mailto:")) for a in outline.all("a"))


def test_every_page_is_valid_html(tmp_path: Path) -> None:
    with_logo = Pages(link_settings(LOGO_ADDRESS="https://x.example/l.png")).go_on()
    pages = ALL_PAGES | {"logo": with_logo}
    assert complaints_about({name: page.html for name, page in pages.items()}, tmp_path) == ""


def test_a_colleges_name_stays_text() -> None:
    page = Pages(link_settings(COLLEGE_NAME=HOSTILE)).go_on()
    assert not Outline(page).all("script")
    assert "&lt;script&gt;" in page.html


def test_a_logo_is_allowed_by_the_policy_and_hidden_from_screen_readers() -> None:
    logo = "https://static.college.example/logo.png"
    page = Pages(link_settings(LOGO_ADDRESS=logo)).go_on()
    (image,) = Outline(page).all("img")
    assert (image["src"], image["alt"]) == (logo, "")
    assert page.sources.endswith("; img-src https://static.college.example")


def test_the_colleges_colour_is_on_every_page() -> None:
    assert "--accent: #7a1f3d" in Pages(link_settings(ACCENT_COLOUR="#7a1f3d")).go_on().html
