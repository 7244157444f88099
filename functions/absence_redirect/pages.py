"""Our own pages. The first page imports Jinja2, so that a redirect does not wait for it."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from absence_redirect.addresses import origin
from absence_redirect.destination import LinkedStudent
from absence_redirect.settings import AbsenceRedirectSettings
from absence_redirect.targets import go_on, log_out, record_absence

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Page:
    html: str
    sources: str
    """What the page loads, for its Content-Security-Policy."""


@dataclass(frozen=True)
class Pages:
    settings: AbsenceRedirectSettings

    def load(self) -> None:
        """Import Jinja2 and compile the templates, as the first page does otherwise."""
        for template in self._environment.list_templates(extensions=("html",)):
            self._environment.get_template(template)

    def select(self, students: tuple[LinkedStudent, ...]) -> Page:
        in_order = sorted(students, key=_by_name)
        choices = [
            (student, _name(student, among=students), record_absence(self.settings, student))
            for student in in_order
        ]
        return self._render("select.html", choices=choices)

    def go_on(self) -> Page:
        return self._render("continue.html", address=go_on(self.settings))

    def not_recognised(self) -> Page:
        return self._render("not_recognised.html")

    def nobody_linked(self) -> Page:
        return self._render("nobody_linked.html", other_account=log_out(self.settings))

    def account_suspended(self) -> Page:
        return self._render("account_suspended.html", other_account=log_out(self.settings))

    def problem(self, reference: str) -> Page:
        return self._render("problem.html", reference=reference)

    def not_found(self) -> Page:
        return self._render("not_found.html")

    def _render(self, template: str, **facts: Any) -> Page:  # noqa: ANN401 (each template's own)
        html = self._environment.get_template(template).render(facts)
        return Page(html, self._sources)

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            # Deployed templates never change, so no page looks for newer ones on the disk.
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(settings=self.settings, style=self._style)
        return environment

    @cached_property
    def _style(self) -> str:
        style = (_TEMPLATES / "style.css").read_text()
        return style.replace("ACCENT", self.settings.accent_colour)

    @cached_property
    def _sources(self) -> str:
        digest = b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        style = f"style-src 'sha256-{digest}'"
        logo = self.settings.logo_address
        return f"{style}; img-src {origin(logo)}" if logo else style


def _name(student: LinkedStudent, *, among: Iterable[LinkedStudent]) -> str:
    """Return the first name, with the last name if another student has the same first name."""
    first_name = student.first_name.casefold()
    namesakes = [other for other in among if other.first_name.casefold() == first_name]
    if len(namesakes) == 1:
        return student.first_name
    return f"{student.first_name} {student.last_name}".strip()


def _by_name(student: LinkedStudent) -> tuple[str, str]:
    """Order É as E, and capitals as small letters."""
    from unicodedata import combining, normalize  # noqa: PLC0415 (a redirect does not wait for it)

    letters = (letter for letter in normalize("NFKD", student.first_name) if not combining(letter))
    return "".join(letters).casefold(), student.reference
