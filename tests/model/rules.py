"""How large the model is, and the guards that hold the promises."""

from dataclasses import dataclass

from absence_texts.ledger import State
from tests.model.world import Row, Run, Sender, World

NOT_STARTED = frozenset({State.PENDING, State.QUEUED})


@dataclass(frozen=True, kw_only=True)
class Bounds:
    texts: int = 1
    one_student: bool = True
    """Two texts are about one student, for two guardians with one phone; else about siblings."""
    runs: int = 2
    senders: int = 3
    resends: int = 1
    holds: int = 0
    changes: int = 1
    faults: int = 3
    queued: bool = False
    """The texts are queued when the exploration begins, each with a job."""

    @property
    def share_a_phone(self) -> bool:
        """Whether the ledger lets only one of the texts have the phone."""
        return self.one_student and self.texts > 1

    def start(self) -> World:
        return World(
            rows=(Row(State.QUEUED, permitted=1) if self.queued else Row(),) * self.texts,
            jobs=(int(self.queued),) * self.texts,
            runs=(Run(),) * self.runs,
            senders=(Sender(),) * self.senders,
            faults=self.faults,
            changes=self.changes,
            resends=self.resends,
            holds=self.holds,
        )


@dataclass(frozen=True, kw_only=True)
class Guards:
    """What each statement asks before it moves a row. A test takes each guard away."""

    holds_from: frozenset[State] = frozenset({State.PENDING})
    marks_queued_from: frozenset[State] = NOT_STARTED
    queues_again: bool = True
    """The outbox also finds a text that is queued and that no sender took for 15 minutes."""
    checks_from: frozenset[State] = NOT_STARTED
    holds_back_from: frozenset[State] = NOT_STARTED
    claims_from: frozenset[State] = NOT_STARTED
    claims_the_checked_lesson: bool = True
    claims_the_checked_attempt: bool = True
    claims_before_publish: bool = True
    one_text_a_phone: bool = True
    keeps_the_phone_if_in_doubt: bool = True
    one_attempt: bool = True
    """The SNS client posts a publish once."""
    no_answer_is_doubt: bool = True
    ends_its_own_claim: bool = True
    ends_from: frozenset[State] = frozenset({State.SENDING})
    logs_in_the_transaction: bool = True
    logs_only_a_move: bool = True
    resends_from: frozenset[State] = frozenset({State.FAILED, State.IN_DOUBT})
    claims_again_only_what_never_left: bool = True
    settles_only_what_is_certain: bool = True
    settles_none_that_left_twice: bool = True
