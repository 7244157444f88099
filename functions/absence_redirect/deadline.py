"""A bound on how long something may take, whatever it hangs on: a name server, a TLS handshake."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread


def within[Answer](seconds: float, call: Callable[[], Answer]) -> Answer:
    """Return the call's answer or raise its error; raise TimeoutError when it takes too long.

    What takes too long is left behind, so it must own what it works on.
    """
    future: Future[Answer] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 (raised again where it is waited for)
            future.set_exception(error)

    # Not an executor: one waits for its threads when the process ends.
    Thread(target=run, daemon=True).start()
    return future.result(timeout=seconds)
