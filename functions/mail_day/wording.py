"""The words of a mail: its subject, its sentences and its table, without a name or a number."""

from collections.abc import Iterator

from absence_texts.account import Told
from absence_texts.activity import activity_sentences, shown
from absence_texts.parameter_store import Sending
from absence_texts.settings import StageName
from absence_texts.wording import counted
from mail_day.report import DayReport, Untold

ATTACHED = "The whole account of the day is attached, as a spreadsheet."
HEADINGS = ("Student", "Lesson", "Waiting since", "Why nobody was told")


def subject(report: DayReport, stage: StageName) -> str:
    of_stage = "" if stage == "live" else f"[{stage}] "
    paused = "" if report.switch.value == Sending.ON else "SENDING IS PAUSED. "
    at = report.now.wall_clock
    return f"{of_stage}{paused}{summary(report)} {at.day} {at:%B %Y, %H:%M}"


def summary(report: DayReport) -> str:
    """Return what staff want to know first, in one sentence."""
    if not report.has_marks:
        return "No register was marked today."
    if not report.students:
        return "No absence to text about so far."
    if report.untold:
        return f"Nobody at home was told about {counted(len(report.untold), 'absent student')}."
    if report.students.get(Told.ON_ITS_WAY):
        return "Nobody is left to ring: the last texts are on their way."
    return "Somebody at home was told about every absent student."


def service_sentences(report: DayReport) -> Iterator[str]:
    """Yield whether sending is on, when the last run was, and what is late."""
    since = shown(report.switch.changed_at, report.now)
    if report.switch.value == Sending.ON:
        yield "Sending is on."
    elif report.switch.value == Sending.PAUSED:
        yield f"Sending is PAUSED since {since}, and no text leaves: ask operators why."
    else:
        yield f"Sending is neither on nor paused since {since}, and no text leaves: tell operators."
    yield from activity_sentences(report.activity, report.now)
    if report.activity.held:
        yield f"{counted(report.activity.held, 'text')} held until operators release them."


def count_sentence(report: DayReport) -> str:
    told, on_its_way = (report.students.get(each, 0) for each in (Told.TOLD, Told.ON_ITS_WAY))
    return (
        f"Of {counted(sum(report.students.values()), 'absent student')} so far: somebody at home"
        f" was told about {told:,}, the news is on its way about {on_its_way:,}, and nobody was"
        f" told about {len(report.untold):,}."
    )


def cells(untold: Untold, report: DayReport) -> tuple[str, ...]:
    """Return a student's row under HEADINGS."""
    since = shown(untold.since.instant, report.now)
    return untold.reference, untold.lesson, since, "; ".join(untold.reasons)
