"""From a request to its answer; whatever goes wrong on the way, there is a page to see."""

import os
from collections.abc import Mapping
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
    RecordAbsence,
    Select,
    Session,
    decide,
)
from absence_redirect.lookup import DATABASE_AWAY
from absence_redirect.pages import Page, Pages
from absence_redirect.responses import Response, redirect, show, without_body
from absence_redirect.settings import AbsenceRedirectSettings
from absence_redirect.visit import Route, Visit, read_visit

type Facts = dict[str, str | int | float]

_RETRY_SECONDS = "30"


class FindSession(Protocol):
    def __call__(self, sha256: str, now: datetime, /, *, with_names: bool) -> Session | None:
        """Take a token's SHA-256, the college's wall clock, and whether names will be shown."""
        ...


@dataclass(frozen=True)
class Link:
    settings: AbsenceRedirectSettings
    pages: Pages
    find_session: FindSession

    def answer(self, event: Mapping[str, Any], request_id: str) -> Response:
        started = perf_counter()
        facts: Facts = {"function_request_id": request_id}
        try:
            response = self._answer(event, facts)
        except Exception as error:  # noqa: BLE001 (any exception has its page)
            response = self._apologise(error, facts)
        facts["status"] = int(response["statusCode"])
        facts["duration_ms"] = round((perf_counter() - started) * 1000, 1)
        log.write("INFO", "request answered", **facts)
        return response

    def _answer(self, event: Mapping[str, Any], facts: Facts) -> Response:
        visit = read_visit(event, cookie_name=self.settings.session_cookie_name)
        facts["route"] = visit.route
        if visit.route is Route.UNKNOWN:
            response = show(self.pages.not_found(), HTTPStatus.NOT_FOUND)
        elif not visit.method_is_allowed:
            response = show(
                self.pages.not_allowed(), HTTPStatus.METHOD_NOT_ALLOWED, Allow="GET, HEAD"
            )
        else:
            response = self._lead_to(self._destination(visit, facts))
        return response if visit.wants_body else without_body(response)

    def _destination(self, visit: Visit, facts: Facts) -> Destination:
        session = None
        selecting = visit.route is Route.SELECT
        if visit.session_sha256 is not None:
            now = self.settings.clock.now().wall_clock
            session = self.find_session(visit.session_sha256, now, with_names=selecting)
        if session is not None:
            facts["guardian_id"] = session.guardian_id
        destination = decide(session, from_login=visit.from_login, selecting=selecting)
        facts["destination"] = type(destination).__name__
        return destination

    def _lead_to(self, destination: Destination) -> Response:
        match destination:
            case LogIn():
                return redirect(targets.log_in_and_come_back(self.settings))
            case RecordAbsence(student):
                return redirect(targets.record_absence(self.settings, student))
            case GoToSelect():
                return redirect(targets.select_student(self.settings))
            case _:
                return show(self._page(destination))

    def _page(self, shown: Select | Continue | NobodyLinked | AccountSuspended) -> Page:
        match shown:
            case Select(students):
                return self.pages.select(students)
            case Continue():
                return self.pages.go_on()
            case NobodyLinked():
                return self.pages.nobody_linked()
            case AccountSuspended():
                return self.pages.account_suspended()

    def _apologise(self, error: Exception, facts: Facts) -> Response:
        is_away = isinstance(error, DATABASE_AWAY)
        status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
        reference = os.urandom(4).hex().upper()
        log.write("ERROR", "request failed", reference=reference, **facts, **log.facts_of(error))
        return show(self.pages.try_again(reference), status, Retry_After=_RETRY_SECONDS)
