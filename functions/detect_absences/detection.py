"""Finds the absences worth a text, claims them in the ledger, and records why the others got none.

Each step is one statement, or a few rows' worth; the database does the finding. STRAIGHT_JOIN
keeps it to the day's absences: left alone, it may begin with all students there are.
"""

from dataclasses import dataclass

from absence_texts import criteria
from absence_texts.candidates import absences, claimable, linked_guardians, parameters
from absence_texts.clock import CollegeTime
from absence_texts.database import Database, execute, fetch_all
from absence_texts.ledger import ABANDONED_AFTER, State, move, move_all
from absence_texts.rules import Rules
from absence_texts.source import Source
from absence_texts.vocabulary import Count, Reason, data_problem


@dataclass(frozen=True, kw_only=True)
class Detection:
    """One run's view of the college: its tables and rules, as of one moment."""

    database: Database
    source: Source
    rules: Rules
    moment: CollegeTime

    def claim(self) -> int:
        """Claim every absence that meets all criteria; return how many.

        Overlapping and repeated runs claim nothing twice: the unique key decides. Not INSERT
        IGNORE, which also turns a NULL or an over-long value into silent rubbish. In key order, so
        that concurrent runs can't deadlock.
        """
        return execute(
            self.database,
            f"""
INSERT INTO absence_texts
  (student_id, guardian_id, absence_date, lesson_id, state, pending_at)
SELECT m.student_id, m.guardian_id, %(today)s, m.lesson_id, '{State.PENDING}', %(now)s
{claimable(self.source)}
ORDER BY m.student_id, m.guardian_id
ON DUPLICATE KEY UPDATE absence_texts.id = absence_texts.id""",
            self._parameters(),
        )

    def claim_again(self) -> int:
        """Claim the cancelled texts that now have another absence to tell; return how many.

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
WHERE {criteria.all_hold()} AND t.state = '{State.CANCELLED}'
ORDER BY t.id""",
            self._parameters(),
        )
        return sum(
            move(self.database, [row["id"]], State.PENDING, self.moment, lesson_id=row["lesson_id"])
            for row in rows
        )

    def decide(self) -> int:
        """Record why each due absence's linked guardian got no text: the first failing criterion.

        An unchanged decision keeps its time. REPLACE, because MariaDB 10.11 drops the WHERE of an
        INSERT ... SELECT whose ON DUPLICATE KEY UPDATE names the derived table's columns. Return
        the rows written: one for a new decision, two for a changed one.
        """
        return execute(
            self.database,
            f"""
REPLACE INTO absence_decisions
  (lesson_id, student_id, guardian_id, absence_date, criterion, decided_at)
SELECT decided.lesson_id, decided.student_id, decided.guardian_id, %(today)s, decided.criterion,
  %(now)s
FROM (
  SELECT STRAIGHT_JOIN m.lesson_id, m.student_id, gs.guardian_id,
    {criteria.first_failing()} AS criterion
  {linked_guardians(self.source)}
  WHERE {criteria.condition("due")}
    AND (t.id IS NULL OR t.lesson_id <> m.lesson_id OR t.state = '{State.CANCELLED}')
) decided
LEFT JOIN absence_decisions known ON known.lesson_id = decided.lesson_id
  AND known.student_id = decided.student_id AND known.guardian_id = decided.guardian_id
WHERE decided.criterion IS NOT NULL
  AND (known.criterion IS NULL OR known.criterion <> decided.criterion)
ORDER BY decided.lesson_id, decided.student_id, decided.guardian_id""",
            self._parameters(),
        )

    def forget_decisions_overtaken(self) -> int:
        """Delete the decisions against a text that was claimed after all; return how many.

        Found first, then deleted: a DELETE that joins the ledger would lock it.
        """
        overtaken = fetch_all(
            self.database,
            f"""
SELECT decided.lesson_id, decided.student_id, decided.guardian_id
FROM absence_decisions decided
JOIN absence_texts t ON t.student_id = decided.student_id
  AND t.guardian_id = decided.guardian_id AND t.absence_date = decided.absence_date
  AND t.lesson_id = decided.lesson_id
WHERE decided.absence_date = %(today)s AND t.state <> '{State.CANCELLED}'""",
            self._parameters(),
        )
        return sum(
            execute(
                self.database,
                "DELETE FROM absence_decisions WHERE lesson_id = %(lesson_id)s"
                " AND student_id = %(student_id)s AND guardian_id = %(guardian_id)s",
                decision,
            )
            for decision in overtaken
        )

    def count_absences(self) -> dict[str, int]:
        """Count today's absent marks: those due by now and, for each data check, the broken."""
        (found,) = fetch_all(
            self.database,
            f"SELECT COALESCE(SUM({criteria.condition('due')}), 0) AS due,"
            f" {criteria.data_problems()}\n{absences(self.source)}",
            self._parameters(),
        )
        broken = {data_problem(check.name): found[check.name] for check in criteria.DATA_CHECKS}
        return {name: int(count) for name, count in ({Count.DUE: found["due"]} | broken).items()}

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

    def _parameters(self) -> dict[str, object]:
        return parameters(self.moment, self.rules)
