"""The pages name commands that the tool takes; ops/README.md lists each with its options."""

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import ops
from ops.command_line import COMMANDS, make_parser

_OPS = Path(ops.__file__).parent
_USAGE = re.compile(r"(?m)^python -m ops (?P<name>[\w-]+)(?P<options>.*)$")
_OPTION = re.compile(r"--[a-z-]+")
_OF_EACH = {"--help", "--stage"}


def read_document() -> str:
    return (_OPS / "README.md").read_text()


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Return each command's parser, by the command's name."""
    (subparsers,) = (
        action
        for action in make_parser()._actions  # noqa: SLF001 (argparse offers no other way)
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    )
    return dict(subparsers.choices)


def test_each_module_that_adds_a_command_is_registered() -> None:
    modules = {
        ".".join(path.relative_to(_OPS.parent).with_suffix("").parts)
        for path in (*_OPS.glob("commands/[!_]*.py"), *_OPS.glob("*/command.py"))
    }
    assert {command.__name__ for command in COMMANDS} == modules


def test_the_document_says_what_each_command_does() -> None:
    assert re.findall(r"(?m)^- \*\*`([\w-]+)`\*\*", read_document()) == list(parsers())


def test_the_document_shows_each_option_of_each_command() -> None:
    shown = {
        usage["name"]: set(_OPTION.findall(usage["options"]))
        for usage in _USAGE.finditer(read_document())
    }
    assert shown == {
        name: {option for option in parser._option_string_actions if option.startswith("--")}  # noqa: SLF001
        - _OF_EACH
        for name, parser in parsers().items()
    }


def commands_on_pages() -> Iterator[tuple[str, str]]:
    """Yield each page's name and each command on the page that names a stage."""
    for page in (_OPS.parent / "docs").rglob("*.md"):
        for words in re.findall(r"python -m ops (--stage [^`#\n]+)", page.read_text()):
            yield page.name, words


def test_each_command_on_the_pages_can_be_typed_as_it_stands() -> None:
    found = list(commands_on_pages())
    assert {page for page, _ in found} > {"deploy.md", "paused.md"}
    for _, words in found:
        make_parser().parse_args(shlex.split(words))


def test_no_page_leaves_the_stage_of_a_command_to_the_reader() -> None:
    pages = [*(_OPS.parent / "docs" / "operations").rglob("*.md")]
    loose = [page.name for page in pages if re.search(r"python -m ops [^-]", page.read_text())]
    assert loose == []
