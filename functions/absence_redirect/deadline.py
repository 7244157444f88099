"""Limits how long a call may take, even if it waits for a name server or a TLS handshake."""

from collections.abc import Callable
from threading import Thread


def within[Answer](seconds: float, call: Callable[[], Answer]) -> Answer:
    """Return the call's answer or raise its error; raise TimeoutError if the time is over.

    A call that takes too long goes on in its thread, so no other code may use what it uses.
    """
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(call())
        except BaseException as error:  # noqa: BLE001 (the caller raises it)
            errors.append(error)

    # Not a future: its module imports logging, and an executor waits for its threads at exit.
    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise TimeoutError
    return answers[0]
