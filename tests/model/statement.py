"""A sender's statement, the faults at it, and what becomes of the sender and its job."""

from tests.model.steps import Fault, Place, Step, Steps, after_fault
from tests.model.world import At, Sender, World, put, with_jobs

OVER = Sender(At.END)


def statement(world: World, number: int, place: Place, done: World) -> Steps:
    """Commit a statement, or meet a fault at it: an error sends the job back.

    Only the answer to a publish is recorded once more if the connection was lost.
    """
    sender = world.senders[number]
    yield Step(place, sender.text), done
    if not world.faults:
        return
    yield Step(place, sender.text, Fault.KILLED), after_fault(gives_back(world, number))
    if place is Place.RECORD and not sender.retried:
        lost = with_sender(done, number, sender._replace(retried=True))
        lost = lost._replace(jobs=world.jobs)
    else:
        lost = gives_back(done._replace(senders=world.senders, jobs=world.jobs), number)
    yield Step(place, sender.text, Fault.ANSWER_LOST), after_fault(lost)


def ends(world: World, number: int) -> World:
    return with_sender(world, number, OVER)


def gives_back(world: World, number: int) -> World:
    """End the sender, and let SQS deliver its job again."""
    return with_jobs(ends(world, number), world.senders[number].text, 1)


def with_sender(world: World, number: int, sender: Sender) -> World:
    return world._replace(senders=put(world.senders, number, sender))
