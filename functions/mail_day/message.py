"""A mail as it is sent: plain text, HTML and the whole account as a spreadsheet."""

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from absence_texts.account_lines import HEADINGS, as_csv
from mail_day import wording
from mail_day.report import DayReport
from mail_day.settings import MailDaySettings

_TEMPLATES = Path(__file__).parent / "templates"
# The whole message is 7-bit, whatever a reference holds.
_POLICY = SMTP.clone(cte_type="7bit")
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it Excel reads a file of UTF-8 as another alphabet."""


def compose(report: DayReport, settings: MailDaySettings) -> bytes:
    message = EmailMessage(policy=_POLICY)
    message["From"] = settings.mail_from
    message["To"] = ", ".join(settings.mail_to)
    message["Subject"] = wording.subject(report, settings.stage)
    # A colleague's "away" notice must not come back: https://www.rfc-editor.org/rfc/rfc3834
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(_text(report)))
    message.add_alternative(_html(report), subtype="html")
    if report.lines:
        rows = (line.cells() for line in report.lines)
        message.add_attachment(
            _BYTE_ORDER_MARK + as_csv(HEADINGS, rows),
            subtype="csv",
            filename=f"absences-{report.now.wall_clock:%Y-%m-%d-%H%M}.csv",
        )
    return message.as_bytes()


def _text(report: DayReport) -> Iterator[str]:
    yield wording.summary(report)
    yield ""
    yield " ".join(wording.service_sentences(report))
    if report.has_marks:
        yield wording.count_sentence(report)
    for untold in report.untold:
        reference, lesson, since, why = wording.cells(untold, report)
        yield ""
        yield f"{reference}, lesson of {lesson}, waiting since {since}"
        yield f"  {why}"
    if report.lines:
        yield ""
        yield wording.ATTACHED


def _html(report: DayReport) -> str:
    return _environment().get_template("mail.html").render(report=report, wording=wording)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
