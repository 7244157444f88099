"""Every address that a visitor is ever sent to: all of them the settings' own."""

from absence_redirect.addresses import with_parameter
from absence_redirect.destination import Student
from absence_redirect.settings import AbsenceRedirectSettings
from absence_redirect.visit import FROM_LOGIN


def log_in_and_come_back(settings: AbsenceRedirectSettings) -> str:
    back = with_parameter(settings.link_address, *FROM_LOGIN)
    return with_parameter(settings.login_address, settings.return_parameter, back)


def select_student(settings: AbsenceRedirectSettings) -> str:
    return f"{settings.link_address}/select"


def record_absence(settings: AbsenceRedirectSettings, student: Student) -> str:
    return with_parameter(
        settings.record_absence_address, settings.record_absence_parameter, student.reference
    )
