"""What a simulated day left behind, for the promises to be checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from absence_texts.database import Row
from absence_texts.identifiers import GuardianId, StudentId
from absence_texts.ledger import State
from tests.simulation.carriers import Carriers
from tests.simulation.phone_network import AcceptedText
from tests.simulation.simulated_day import SimulatedDay

WENT_OUT = {State.SENT, State.DELIVERED, State.UNDELIVERED}


@dataclass(frozen=True)
class Outcome:
    day: SimulatedDay
    texts: Sequence[Row]
    logs: Sequence[Row]
    accepted: Sequence[AcceptedText]
    carriers: Carriers
    a_fault_happened: bool
    had_time_to_recover: bool
    """Whether the faults ended early enough for every text to leave."""

    def pair(self, accepted: AcceptedText) -> tuple[StudentId, GuardianId]:
        (text,) = (text for text in self.texts if text["id"] == accepted.text_id)
        return text["student_id"], text["guardian_id"]

    def another_text_holds_the_phone_of(self, text: Row) -> bool:
        """Say whether another text about the student went to the same phone, or may have gone."""
        guardians = self.day.guardians_with_the_phone_of(text["guardian_id"])
        return any(
            other["id"] != text["id"]
            and other["student_id"] == text["student_id"]
            and other["guardian_id"] in guardians
            and (other["state"] in WENT_OUT or other["in_doubt_at"] is not None)
            for other in self.texts
        )
