"""The page of a day: what is on it, and how it becomes HTML."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from absence_texts.account import Told
from absence_texts.clock import CollegeTime
from absence_texts.wording import counted, long_date
from ops.day.page.charts import drawings
from ops.day.page.figure import Figure
from ops.status.opening import Opening

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, kw_only=True)
class StudentRow:
    """One absent student."""

    student: str
    """The reference."""
    name: str
    """Empty if the college's tables have no names."""
    lesson: str
    """When the lesson begins."""
    told: Told
    guardians: tuple[str, ...]
    """What became of the news, for each guardian."""


@dataclass(frozen=True, kw_only=True)
class ActionRow:
    """What somebody did by hand."""

    time: str
    who: str
    what: str
    why: str


@dataclass(frozen=True, kw_only=True)
class DayPage:
    day: date
    made_at: CollegeTime
    opening: Opening | None
    """How the service is; None for a day that is over."""
    students: tuple[StudentRow, ...]
    """Those who wait longest for news come first."""
    figures: tuple[Figure, ...]
    actions: tuple[ActionRow, ...]

    @property
    def not_told(self) -> tuple[StudentRow, ...]:
        return tuple(row for row in self.students if row.told is Told.NOT_TOLD)

    @property
    def by_student(self) -> list[StudentRow]:
        return sorted(self.students, key=lambda row: (row.student, row.lesson))

    @property
    def counts(self) -> Mapping[Told, int]:
        told = [row.told for row in self.students]
        return {outcome: told.count(outcome) for outcome in Told}

    @property
    def made(self) -> str:
        """When the page was made."""
        today = self.made_at.today
        time = f"{self.made_at.wall_clock:%H:%M}"
        return time if today == self.day else f"{time} on {long_date(today)}"

    def html(self) -> str:
        """Return the page, which holds all that it shows."""
        environment = _environment()
        style, script = (
            (_TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "filter.js")
        )
        return environment.get_template("page.html").render(
            page=self,
            style=style,
            script=script,
            policy=_policy(style, script),
            charts=[(figure, drawings(figure)) for figure in self.figures],
        )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(Told=Told, counted=counted, long_date=long_date)
    return environment


def _policy(style: str, script: str) -> str:
    """Return a Content-Security-Policy that allows this style and this script, and no other."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}';"
        " base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
