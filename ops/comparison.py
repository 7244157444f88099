"""What should be out by some instant of a day, held to what the ledger says is out."""

from dataclasses import dataclass

from absence_texts.clock import CollegeTime
from absence_texts.database import Row
from ops.desk import Desk
from ops.rehearsal import Candidate, Two, should_be_out
from ops.told_texts import find_texts


@dataclass(frozen=True)
class Comparison:
    should: dict[Two, Candidate]
    texts: dict[Two, Row]
    """All of the day, whatever their state."""
    out: dict[Two, Row]
    """Those that had left by the instant."""

    @property
    def not_out(self) -> list[tuple[Candidate, Row | None]]:
        """Return what should be out and is not, each with the ledger's text about the two.

        Whom a text about another lesson has reached gets no second one.
        """
        missing = (one for two, one in self.should.items() if two not in self.out)
        return [(one, self.texts.get(one.two)) for one in missing]

    @property
    def would_not_be(self) -> list[tuple[Row, Candidate | None]]:
        """Return what is out and would not be now, each with what would be out instead."""
        both = ((text, self.should.get(two)) for two, text in self.out.items())
        return [
            (text, instead)
            for text, instead in both
            if instead is None or instead.lesson_id != text["lesson_id"]
        ]


def compare(desk: Desk, moment: CollegeTime) -> Comparison:
    of_the_day = {"day": moment.today}
    texts = {
        (text["student_id"], text["guardian_id"]): text
        for text in find_texts(desk, "t.absence_date = %(day)s", of_the_day)
    }
    return Comparison(
        should={one.two: one for one in should_be_out(desk, moment)},
        texts=texts,
        out={
            two: text
            for two, text in texts.items()
            if text["sent_at"] and text["sent_at"] <= moment.utc
        },
    )
