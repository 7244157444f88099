"""A bound on how long something may take, whatever it hangs on: a name server, a TLS handshake."""

from collections.abc import Callable
from threading import Thread


def within[Answer](seconds: float, call: Callable[[], Answer]) -> Answer:
    """Return the call's answer or raise its error; raise TimeoutError when it takes too long.

    What takes too long is left behind, so it must own what it works on.
    """
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(call())
        except BaseException as error:  # noqa: BLE001 (raised again where it is waited for)
            errors.append(error)

    # Not a future: importing one imports logging, and an executor waits for its threads at exit.
    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise TimeoutError
    return answers[0]
