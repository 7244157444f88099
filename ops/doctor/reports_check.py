"""Lists the reported absences that can't be read, and so keep no text back."""

from collections.abc import Iterator

from absence_texts.criterion import REPORT_CAN_BE_READ, REPORT_COLUMNS
from absence_texts.database import fetch_all
from absence_texts.wording import counted
from ops.context import CommandContext
from ops.doctor.finding import Finding, Severity
from ops.doctor.mark_list import MOST_NAMED


def check_reports(context: CommandContext) -> Iterator[Finding]:
    """Note the reports of any day that count as none, if the college has a list of reports."""
    if not context.source.columns.issuperset(REPORT_COLUMNS):
        return
    rows = fetch_all(
        context.database,
        context.source.resolve(
            "SELECT report.student_id FROM source.reported_absences report"
            f" WHERE ({REPORT_CAN_BE_READ} AND report.starts_at < report.ends_at) IS NOT TRUE"
            " ORDER BY report.student_id"
        ),
        {"wall_clock": context.now.wall_clock},
    )
    if rows:
        students = ", ".join(f"student {row['student_id']}" for row in rows[:MOST_NAMED])
        more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
        yield Finding(
            "reported_absences",
            f"{counted(len(rows), 'report')} can't be read: {students}{more}. A time is empty, a"
            " placeholder or in the future, or the end does not come after the start. Guardians are"
            " texted as if there were no such report.",
            Severity.NOTE,
        )
