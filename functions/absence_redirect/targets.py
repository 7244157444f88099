"""Every address that a visitor is sent to: all of them come from the settings."""

from absence_redirect.addresses import with_parameter
from absence_redirect.destination import Arrival, LinkedStudent
from absence_redirect.settings import AbsenceRedirectSettings
from absence_redirect.visit import ARRIVAL_PARAMETER


def log_in_and_come_back(settings: AbsenceRedirectSettings) -> str:
    back = _link_for(settings, Arrival.LOGIN)
    return with_parameter(settings.login_address, settings.return_parameter, back)


def log_out(settings: AbsenceRedirectSettings) -> str:
    """Return the portal's logout, which leads back to the link: that is where a login follows."""
    return with_parameter(settings.logout_address, settings.return_parameter, settings.link_address)


def go_on(settings: AbsenceRedirectSettings) -> str:
    return _link_for(settings, Arrival.CONTINUE)


def select_student(settings: AbsenceRedirectSettings) -> str:
    return f"{settings.link_address}/select"


def record_absence(settings: AbsenceRedirectSettings, student: LinkedStudent) -> str:
    return with_parameter(
        settings.record_absence_address, settings.record_absence_parameter, student.reference
    )


def _link_for(settings: AbsenceRedirectSettings, arrival: Arrival) -> str:
    return with_parameter(settings.link_address, ARRIVAL_PARAMETER, arrival)
