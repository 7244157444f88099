"""Finds the absences of a day that have no text, though a guardian should have got one."""

from absence_texts import criteria
from absence_texts.candidates import linked_guardians, parameters
from absence_texts.clock import CollegeTime
from absence_texts.criteria import condition
from absence_texts.database import Row, fetch_all
from absence_texts.vocabulary import Reason
from ops.context import CommandContext
from ops.unreached.reasons import DATA_PROBLEMS, LISTED


def find_untold(context: CommandContext, moment: CollegeTime, *, is_over: bool) -> tuple[Row, ...]:
    """Return a row for each absence and guardian, with the reason, as the data are now.

    The reason is a data problem, a text that could not leave that day, a row that the database
    refused or, if the day's texts can't leave any more, that no run claimed the text. For example,
    if lesson 8 has no end:

        reference    lesson_id  guardian_id  reason
        STE04049635  8          21           lesson_times_in_order
        STE04049635  8          22           lesson_times_in_order

    DISTINCT, because a view of the college may hold a row twice.
    """
    source = context.source
    return fetch_all(
        context.database,
        source.resolve(f"""
SELECT * FROM (
  SELECT DISTINCT m.student_id, s.reference, m.lesson_id, m.starts_at, gs.guardian_id, g.mobile,
    %(today)s AS absence_date,
    COALESCE({criteria.first_failing(source)}, decided.criterion, %(over)s) AS reason
  {linked_guardians(source)}
  LEFT JOIN absence_decisions decided ON decided.lesson_id = m.lesson_id
    AND decided.student_id = m.student_id AND decided.guardian_id = gs.guardian_id
    AND decided.criterion = %(not_written)s
  WHERE (t.id IS NULL OR t.lesson_id <> m.lesson_id)
    AND {condition("first_of_day")}
    AND {criteria.student_and_guardian(source, without=frozenset(DATA_PROBLEMS))}
) untold
WHERE reason IN %(listed)s
ORDER BY reference, starts_at, guardian_id"""),
        parameters(moment, context.settings.rules)
        | {
            "listed": LISTED,
            "not_written": Reason.NOT_WRITTEN,
            "over": Reason.WINDOW_CLOSED if is_over else None,
        },
    )
