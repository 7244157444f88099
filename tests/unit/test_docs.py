"""The pages lead where they say and name what there is; the index has every decision."""

import importlib.util
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_NOT_OURS = {"node_modules", "cdk.out"}
_OURS = [
    each
    for each in ROOT.iterdir()
    if each.name == ".github" or (each.name[0] != "." and each.name not in _NOT_OURS)
]
_DECISIONS = ROOT / "docs" / "decisions"


def _files(*endings: str) -> list[Path]:
    """Return this project's own files whose names end so, without what set-up fetched."""
    found = [file for each in _OURS for file in (each.rglob("*") if each.is_dir() else [each])]
    return sorted(file for file in found if file.suffix in endings)


_PAGES = _files(".md")
_CODE = _files(".py", ".sql", ".toml", ".in", ".json", ".yml")
_NAMES_OF_OTHERS = {
    "CONVERT_TZ",
    "ERROR_CODE",
    "my_print_defaults",
    "absence_pilot_source",
    "proxy_pass",
    "proxy_ssl_verify",
}
"""MySQL's function, EventBridge Scheduler's attribute, a program, a schema, nginx's words."""


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _headings(page: Path) -> set[str]:
    """Return the headings as the web address of a part names them."""
    found = re.findall(r"(?m)^#+ (.+)$", page.read_text())
    return {re.sub(r"[^\w -]", "", each).strip().lower().replace(" ", "-") for each in found}


def _links(page: Path) -> Iterator[tuple[Path, str]]:
    for link in re.findall(r"\]\(([^)]+)\)", page.read_text()):
        if not link.startswith("https://"):
            path, _, part = link.partition("#")
            yield (page.parent / path).resolve() if path else page, part


@pytest.mark.parametrize("page", _PAGES, ids=_name)
def test_every_link_leads_to_a_page_and_its_part(page: Path) -> None:
    for target, part in _links(page):
        assert target.exists(), target
        assert not part or part in _headings(target), part


@pytest.mark.parametrize("page", _PAGES, ids=_name)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    """`functions/send_sms/sms.py` in a page is a file or a folder of this project."""
    folders = "|".join(each.name for each in _OURS if each.is_dir())
    named = re.findall(rf"`((?:{folders})/[\w./-]*)`", page.read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.fixture(scope="module")
def words_of_the_code() -> set[str]:
    """Return each word of the code, in small letters: a name may be an enum's member."""
    return {word for file in _CODE for word in re.findall(r"\w+", file.read_text().lower())}


@pytest.mark.parametrize("page", _PAGES, ids=_name)
def test_every_name_on_a_page_is_a_name_in_the_code(
    page: Path, words_of_the_code: set[str]
) -> None:
    """A name is two words with an underscore, in code font: `in_doubt`, not `in_doubt.md`."""
    spans = re.findall(r"`([^`\n]+)`", page.read_text())
    named = {
        name
        for span in spans
        for name in re.findall(r"(?<![\w/])[a-zA-Z]+(?:_[a-zA-Z0-9]+)+(?!\w|\.sql)", span)
    }
    # A stage's database users are named as the functions, with a prefix.
    ours = {re.sub("^(pilot|live)_", "", name.lower()) for name in named - _NAMES_OF_OTHERS}
    assert ours - words_of_the_code == set()


@pytest.mark.parametrize("page", _PAGES, ids=_name)
def test_every_command_on_a_page_can_be_run(page: Path) -> None:
    targets = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text())
    text = page.read_text()
    for target in re.findall(r"(?m)(?:`|^ *)make ([a-z]+)(?=[ `\n])", text):
        assert target in targets
    for module in re.findall(r"python -m ([a-z0-9_.]*[a-z])", text):
        assert importlib.util.find_spec(module), module


def _for_readers() -> list[Path]:
    """Return the pages that a reader opens first: no record, no runbook, no page of results."""
    return [
        page
        for page in _PAGES
        if page != ROOT / "README.md"
        and page.parent.name != "runbooks"
        and not (page.parent == _DECISIONS and page.name != "README.md")
        and not page.stem.endswith("results")
    ]


@pytest.mark.parametrize("page", _for_readers(), ids=_name)
def test_every_page_begins_with_its_readers(page: Path) -> None:
    assert re.match(r"# .+\n\nFor ", page.read_text())


def test_every_page_that_the_code_names_exists() -> None:
    named = {
        (_name(file), page)
        for file in _CODE
        for page in re.findall(r"docs/[\w/-]+\.md", file.read_text())
    }
    assert named
    assert [(file, page) for file, page in named if not (ROOT / page).exists()] == []


def _index() -> list[list[str]]:
    """Return the cells of each row: number, linked title, status, date."""
    rows = re.findall(r"(?m)^\| (\d.*) \|$", (_DECISIONS / "README.md").read_text())
    return [row.split(" | ") for row in rows]


def _decisions() -> list[Path]:
    return sorted(_DECISIONS.glob("[0-9]*.md"))


def test_the_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(record.name.partition("-")[0]) for record in _decisions()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_index_lists_each_decision_once_under_its_own_title() -> None:
    titles = [record.read_text().partition("\n")[0] for record in _decisions()]
    listed = [f"# {number}. {title}" for number, title in map(_number_and_title, _index())]
    assert listed == titles
    linked = [name for row in _index() for name in re.findall(r"\]\((.+)\)", row[1])]
    assert linked == [record.name for record in _decisions()]


def _number_and_title(row: list[str]) -> tuple[str, str]:
    return row[0], row[1].partition("[")[2].partition("](")[0]


def test_the_index_gives_each_decision_a_status_and_a_date() -> None:
    for row in _index():
        number, _, status, decided = row
        assert re.fullmatch(r"in force|replaced by \[\d+\]\(.+\)", status), number
        assert date.fromisoformat(decided), number
