"""The page of a day: valid, closed to what a database may hold, and whole in one file."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from absence_redirect.colour import READABLE, contrast
from absence_texts.account import Told
from ops.written_file import FileNotWrittenError, write_for_owner
from tests.support.day_pages import a_day_page
from tests.support.html_validate import complaints_about

HOSTILE = '</script><script>alert("1")</script>'
GRAPHIC = 3
"""The contrast of a bar. https://www.w3.org/TR/WCAG22/#non-text-contrast"""
PAGE = a_day_page()
HTML = PAGE.html()


def digest(tag: str) -> str:
    (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", HTML, re.DOTALL)
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_the_page_is_valid_html_also_if_nothing_happened(tmp_path: Path) -> None:
    nothing = replace(PAGE, students=(), figures=(), actions=(), opening=None)
    assert complaints_about({"a-day": HTML, "nothing": nothing.html()}, tmp_path) == ""


def test_the_heading_is_the_date_as_it_is_said() -> None:
    assert "<h1>Monday 23 November 2026</h1>" in HTML


def test_the_policy_allows_the_pages_own_style_and_script_only() -> None:
    (policy,) = re.findall('Content-Security-Policy" content="([^"]*)"', HTML)
    allowed = dict(rule.split(" ", 1) for rule in policy.replace("&#39;", "'").split("; "))
    assert allowed == {
        "default-src": "'none'",
        "style-src": digest("style"),
        "script-src": digest("script"),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert not re.findall(r' (?:style|on[a-z]+|src)="', HTML)


def test_whatever_the_data_holds_stays_text() -> None:
    html = a_day_page(reference=HOSTILE, name=HOSTILE, why=HOSTILE).html()
    assert HOSTILE not in html
    assert html.count("<script>") == HTML.count("<script>") == 1


def test_every_student_is_in_the_account_once_and_those_not_told_are_in_the_list_too() -> None:
    to_ring, account = (
        re.findall(r'<th scope="row">(STE\w+)\b', part) for part in HTML.split('id="account"')
    )
    assert account == [row.student for row in PAGE.students]
    assert to_ring == [row.student for row in PAGE.students if row.told is Told.NOT_TOLD]
    assert to_ring


def test_a_picture_has_its_numbers_in_a_table_too() -> None:
    for figure in PAGE.figures:
        _, _, part = HTML.partition(f"<h3>{figure.title.replace("'", '&#39;')}</h3>")
        table = part[: part.index("</table>")]
        for label, numbers in figure.rows:
            cells = "".join(rf"\s*<td>{number}</td>" for number in numbers)
            assert not sum(numbers) or re.search(f">{re.escape(label)}</th>{cells}", table), label


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("colour", "least"),
    [
        *(("ink", READABLE), ("quiet", READABLE), ("alarm", READABLE)),
        *(("bar-0", GRAPHIC), ("bar-1", GRAPHIC)),
    ],
)
def test_words_and_bars_can_be_seen_in_light_and_dark(
    scheme: int, colour: str, least: float
) -> None:
    schemes = re.findall(r":root \{(.*?)\}", HTML, re.DOTALL)
    colours = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]+)", "".join(schemes[: scheme + 1])))
    paper = colours["paper"].replace("#fff", "#ffffff") if scheme == 0 else colours["paper"]
    assert contrast(colours[colour], paper) >= least


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    file = tmp_path / "day.html"
    write_for_owner(file, HTML)
    assert file.read_text() == HTML
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotWrittenError, match=r"nowhere/day\.html"):
        write_for_owner(tmp_path / "nowhere" / "day.html", HTML)
