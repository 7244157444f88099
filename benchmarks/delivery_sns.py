"""A stand-in for SNS in another process, so that its work is not measured as the sender's."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import perf_counter

from send_sms.sms import Publisher
from tests.support.sns_stand_in import running_sns


@contextmanager
def sns_in_another_process(*, answers_after: float = 0) -> Iterator[str]:
    """Yield the address of an SNS that accepts every text and answers after so many seconds."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, answers_after), daemon=True)
    process.start()
    yield here.recv()
    here.send("enough")
    process.join()


def _serve(pipe: Connection, answers_after: float) -> None:
    with running_sns() as sns:
        take = sns.take

        def take_slowly(form: dict[str, list[str]]) -> object:
            time.sleep(answers_after)
            return take(form)

        sns.take = take_slowly  # type: ignore[assignment,method-assign]
        pipe.send(sns.endpoint_url)
        pipe.recv()


@dataclass
class TimedPublisher:
    """A publisher that keeps the time of each publish and how long all of them took."""

    publisher: Publisher
    clock: Callable[[], float] = perf_counter
    began: list[float] = field(default_factory=list)
    seconds: float = 0

    def publish(self, mobile: str, message: str) -> str:
        self.began.append(self.clock())
        try:
            return self.publisher.publish(mobile, message)
        finally:
            self.seconds += self.clock() - self.began[-1]
