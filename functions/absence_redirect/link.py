"""From a request to its answer: whatever goes wrong, the visitor gets a page."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from time import perf_counter
from typing import Any, Protocol

from absence_redirect import log, targets
from absence_redirect.destination import (
    AccountSuspended,
    Continue,
    Destination,
    GoToSelect,
    LogIn,
    NobodyLinked,
    NotRecognised,
    RecordAbsence,
    Select,
    Session,
    decide,
)
from absence_redirect.lookup import DatabaseAwayError
from absence_redirect.pages import Page, Pages
from absence_redirect.responses import Response, redirect, show, without_body
from absence_redirect.settings import AbsenceRedirectSettings
from absence_redirect.visit import Route, Visit, read_visit

type _Shown = Select | Continue | NotRecognised | NobodyLinked | AccountSuspended
type Facts = dict[str, object]

_RETRY_LATER = {"Retry-After": "30"}
_ALLOWED = {"Allow": "GET, HEAD"}


class FindSession(Protocol):
    def __call__(
        self, sha256s: Collection[str], now: datetime, /, *, with_names: bool
    ) -> Session | None:
        """Find the session of these tokens at a time on the college's wall clock."""
        ...


@dataclass(frozen=True)
class Link:
    settings: AbsenceRedirectSettings
    pages: Pages
    find_session: FindSession

    def answer(self, event: Mapping[str, Any], request_id: str) -> Response:
        started = perf_counter()
        try:
            response, facts = self._answer(event)
        except Exception as error:  # noqa: BLE001 (any exception has its page)
            response, facts = self._apologise(error, request_id), {}
        log.write(
            "INFO",
            "request answered",
            function_request_id=request_id,
            **facts,
            status=int(response["statusCode"]),
            duration_ms=round((perf_counter() - started) * 1000, 1),
        )
        return response

    def _answer(self, event: Mapping[str, Any]) -> tuple[Response, Facts]:
        visit = read_visit(event, cookie_name=self.settings.session_cookie_name)
        facts: Facts = {}
        if visit.route is Route.UNKNOWN:
            response = show(self.pages.not_found(), HTTPStatus.NOT_FOUND)
        elif not visit.method_is_allowed:
            page = self.pages.not_found()
            response = show(page, HTTPStatus.METHOD_NOT_ALLOWED, _ALLOWED)
        else:
            response, facts = self._lead_on(visit)
        answer = response if visit.wants_body else without_body(response)
        return answer, {"route": visit.route} | facts

    def _lead_on(self, visit: Visit) -> tuple[Response, Facts]:
        selecting = visit.route is Route.SELECT
        session = self._find_session_of(visit, with_names=selecting)
        destination = decide(session, arrival=visit.arrival, selecting=selecting)
        facts: Facts = {"destination": type(destination).__name__}
        if session is not None:
            facts |= {"guardian_id": session.guardian_id}
        return self._respond(destination), facts

    def _find_session_of(self, visit: Visit, *, with_names: bool) -> Session | None:
        if not visit.session_sha256s:
            return None
        now = self.settings.clock.now().wall_clock
        return self.find_session(visit.session_sha256s, now, with_names=with_names)

    def _respond(self, destination: Destination) -> Response:
        match destination:
            case LogIn():
                return redirect(targets.log_in_and_come_back(self.settings))
            case RecordAbsence(student):
                return redirect(targets.record_absence(self.settings, student))
            case GoToSelect():
                return redirect(targets.select_student(self.settings))
            case _:
                return show(self._page(destination))

    def _page(self, shown: _Shown) -> Page:
        match shown:
            case Select(students):
                return self.pages.select(students)
            case Continue():
                return self.pages.go_on()
            case NotRecognised():
                return self.pages.not_recognised()
            case NobodyLinked():
                return self.pages.nobody_linked()
            case AccountSuspended():
                return self.pages.account_suspended()

    def _apologise(self, error: Exception, request_id: str) -> Response:
        is_away = isinstance(error, DatabaseAwayError)
        status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
        reference = os.urandom(4).hex().upper()
        log.write(
            "ERROR",
            "request failed",
            reference=reference,
            function_request_id=request_id,
            **log.facts_of(error.__cause__ or error),
        )
        return show(self.pages.problem(reference), status, _RETRY_LATER)
