"""What should be out by some instant of a day, held to what the ledger says is out."""

from dataclasses import dataclass

from absence_texts.clock import CollegeTime
from absence_texts.database import Row
from ops.context import CommandContext
from ops.preview.expected_texts import ExpectedText, Two, should_be_out
from ops.text_rows import find_texts


@dataclass(frozen=True)
class Comparison:
    should: dict[Two, ExpectedText]
    texts: dict[Two, Row]
    """All of the day, whatever their state."""
    out: dict[Two, Row]
    """Those that had left by the instant."""

    @property
    def not_out(self) -> list[tuple[ExpectedText, Row | None]]:
        """Return what should be out and is not, each with the ledger's text about the two.

        Whom a text about another lesson has reached gets no second one.
        """
        missing = (one for two, one in self.should.items() if two not in self.out)
        return [(one, self.texts.get(one.two)) for one in missing]

    @property
    def would_not_be(self) -> list[tuple[Row, ExpectedText | None]]:
        """Return what is out and would not be now, each with what would be out instead."""
        both = ((text, self.should.get(two)) for two, text in self.out.items())
        return [
            (text, instead)
            for text, instead in both
            if instead is None or instead.lesson_id != text["lesson_id"]
        ]


def compare(context: CommandContext, moment: CollegeTime) -> Comparison:
    of_the_day = {"day": moment.today}
    texts = {
        (text["student_id"], text["guardian_id"]): text
        for text in find_texts(context, "t.absence_date = %(day)s", of_the_day)
    }
    return Comparison(
        should={one.two: one for one in should_be_out(context, moment)},
        texts=texts,
        out={
            two: text
            for two, text in texts.items()
            if text["sent_at"] and text["sent_at"] <= moment.utc
        },
    )
