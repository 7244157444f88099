"""Compares the texts that should be sent by some instant with the texts that were."""

from dataclasses import dataclass

from absence_texts.clock import CollegeTime
from absence_texts.database import Row
from ops.context import CommandContext
from ops.preview.expected_texts import ExpectedText, TextKey, should_be_sent
from ops.text_rows import find_texts


@dataclass(frozen=True, kw_only=True)
class Comparison:
    expected: dict[TextKey, ExpectedText]
    texts: dict[TextKey, Row]
    """Every text of the day, in any state."""
    sent: dict[TextKey, Row]
    """The texts that had left by the instant."""

    @property
    def not_sent(self) -> list[tuple[ExpectedText, Row | None]]:
        """Return each expected text that was not sent, with the ledger's row.

        A guardian who got a text about another lesson of the day gets no second one.
        """
        missing = (text for key, text in self.expected.items() if key not in self.sent)
        return [(text, self.texts.get(text.key)) for text in missing]

    @property
    def no_longer_expected(self) -> list[tuple[Row, ExpectedText | None]]:
        """Return each text that was sent and would not be now, with the text to send instead."""
        both = ((text, self.expected.get(key)) for key, text in self.sent.items())
        return [
            (text, instead)
            for text, instead in both
            if instead is None or instead.lesson_id != text["lesson_id"]
        ]


def compare(context: CommandContext, moment: CollegeTime) -> Comparison:
    texts = {
        (text["student_id"], text["guardian_id"]): text
        for text in find_texts(context, "t.absence_date = %(day)s", {"day": moment.today})
    }
    return Comparison(
        expected={text.key: text for text in should_be_sent(context, moment)},
        texts=texts,
        sent={
            key: text
            for key, text in texts.items()
            if text["sent_at"] and text["sent_at"] <= moment.utc
        },
    )
