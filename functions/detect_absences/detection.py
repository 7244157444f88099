"""Finds the absences that are due a text, and claims a text for each in the ledger.

The database does the finding. STRAIGHT_JOIN makes it begin with the day's absences: the server
might otherwise begin with all students.
"""

from dataclasses import dataclass, field

from absence_texts import criteria
from absence_texts.candidates import claimable, linked_guardians, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Database, Row, fetch_all
from absence_texts.ledger import ABANDONED_AFTER, State, move, move_all
from absence_texts.rules import Rules
from absence_texts.source import Source
from absence_texts.vocabulary import Reason
from detect_absences.row_writer import Insert, write


@dataclass(frozen=True, kw_only=True)
class Detection:
    """One run's view of the college: its tables and rules, as of one moment."""

    database: Database
    source: Source
    rules: Rules
    moment: CollegeTime
    left_out: list[Row] = field(default_factory=list)
    """The rows that the server refused to write: each was left out by itself."""

    @property
    def parameters(self) -> dict[str, object]:
        return parameters(self.moment, self.rules)

    def write(self, insert: Insert) -> int:
        """Write rows, note those that the server refuses, and return how many were written."""
        written, refused = write(self.database, insert, self.parameters)
        self.left_out.extend(refused)
        return written

    def claim(self) -> int:
        """Claim a text for every absence that meets all criteria; return how many.

        Runs that overlap or are repeated claim nothing twice, because of the unique key. INSERT
        IGNORE is not used, because it also turns a NULL or a value that is too long into another
        value. The rows are in the order of the key, so that concurrent runs can't deadlock.
        """
        return self.write(
            Insert(
                into="INSERT INTO absence_texts"
                " (student_id, guardian_id, absence_date, lesson_id, state, pending_at)",
                select=f"""
SELECT m.student_id, m.guardian_id, %(today)s AS absence_date, m.lesson_id,
  '{State.PENDING}' AS state, %(now)s AS pending_at
{claimable(self.source)}
ORDER BY m.student_id, m.guardian_id""",
                on_duplicate="ON DUPLICATE KEY UPDATE absence_texts.id = absence_texts.id",
            )
        )

    def claim_again(self) -> int:
        """Claim the cancelled texts that now have another absence to tell of; return how many.

        A cancelled text was never sent and does not use up the day.
        """
        cancelled = (
            "m.student_id IN (SELECT student_id FROM absence_texts"
            f" WHERE state = '{State.CANCELLED}' AND absence_date = %(today)s)"
        )
        only = f"{criteria.condition('absent')} AND {cancelled}"
        rows = fetch_all(
            self.database,
            f"""
SELECT t.id, m.lesson_id
{linked_guardians(self.source, only)}
WHERE {criteria.all_hold(self.source)} AND t.state = '{State.CANCELLED}'
ORDER BY t.id""",
            self.parameters,
        )
        return sum(
            move(
                self.database,
                [row["id"]],
                State.PENDING,
                self.moment,
                lesson_id=row["lesson_id"],
                held_at=None,
            )
            for row in rows
        )

    def cancel_what_came_too_late(self, *, window_has_closed: bool) -> int:
        """Cancel the texts of earlier days and, once the sending window has closed, today's."""
        expired = self._cancel("absence_date < %(today)s", Reason.DAY_OVER)
        if window_has_closed:
            expired += self._cancel("absence_date = %(today)s", Reason.WINDOW_CLOSED)
        return expired

    def _cancel(self, which: str, reason: Reason) -> int:
        return move_all(
            self.database,
            which,
            State.CANCELLED,
            self.moment,
            {"today": self.moment.today},
            reason=reason.value,
        )

    def doubt_abandoned(self) -> int:
        """Put the texts whose sender never came back in doubt; return how many."""
        return move_all(
            self.database,
            "sending_at < %(abandoned)s",
            State.IN_DOUBT,
            self.moment,
            {"abandoned": self.moment.utc - ABANDONED_AFTER},
            reason=Reason.SENDER_NEVER_CAME_BACK,
        )
