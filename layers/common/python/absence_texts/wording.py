"""Times and numbers, as staff read them on a terminal, in a spreadsheet and in a mail."""

from datetime import date, datetime


def clock_time(moment: object, day: date | None = None) -> str:
    """Return 11:35, or 11:35:07 if there are seconds; with the date if it is not `day`'s.

    A column that should hold a time may hold anything in a college's table, and the driver returns
    an impossible date such as 0000-00-00 as text: such a value is shown as it is.
    """
    if moment is None:
        return "no time"
    if not isinstance(moment, datetime):
        return str(moment)
    time_of_day = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return time_of_day if day in {None, moment.date()} else f"{moment.date()} {time_of_day}"


def long_date(day: date) -> str:
    """Return `Wednesday 25 November 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def counted(number: int, thing: str) -> str:
    """Return `no texts`, `1 text` or `2,000 texts`."""
    return f"{f'{number:,}' if number else 'no'} {thing}{'' if number == 1 else 's'}"
