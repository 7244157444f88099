"""Checks the server itself: version, session settings, binary log and clock."""

import re
from collections.abc import Iterator
from datetime import timedelta

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_all, fetch_one
from ops.doctor.finding import Finding, Severity

type Version = tuple[int, int]

OLDEST: dict[str, Version] = {"MariaDB": (10, 6), "MySQL": (8, 0)}
TRIED: dict[str, frozenset[Version]] = {
    "MariaDB": frozenset({(10, 11)}),
    "MySQL": frozenset({(9, 7)}),
}
"""The versions that every test of this project ran on; other versions should work alike."""
CLOCK_TOLERANCE = timedelta(minutes=1)
_VARIABLES = ("transaction_isolation", "tx_isolation", "log_bin", "binlog_format", "sql_mode")


def check_server(database: Database, now: CollegeTime) -> Iterator[Finding]:
    """Check this connection, which has the session settings of the functions' connections."""
    (row,) = fetch_all(database, "SELECT VERSION() AS version", {})
    yield from check_version(row["version"])
    rows = fetch_all(
        database, "SHOW VARIABLES WHERE variable_name IN %(names)s", {"names": _VARIABLES}
    )
    yield from check_variables({row["Variable_name"]: row["Value"] for row in rows})
    yield from _check_clock(database, now)


def product_of(version: str) -> tuple[str, Version]:
    """Return the product and its version, from what the server calls itself.

    MariaDB may begin with 5.5.5-, as in 5.5.5-10.6.12-MariaDB, for the sake of old replicas.
    Aurora MySQL begins with the version of MySQL: 8.0.mysql_aurora.3.05.2.
    """
    product = "MariaDB" if "MariaDB" in version else "MySQL"
    major, minor = re.findall(r"(\d+)\.(\d+)", version.removeprefix("5.5.5-"))[0]
    return product, (int(major), int(minor))


def check_version(version: str) -> Iterator[Finding]:
    product, number = product_of(version)
    name = f"{product} {_dotted(number)}"
    if number < OLDEST[product]:
        oldest = _dotted(OLDEST[product])
        yield Finding("version", f"is {name}: upgrade to {oldest} or later.")
    elif number not in TRIED[product]:
        tried = " and ".join(
            f"{product} {_dotted(each)}" for product, those in TRIED.items() for each in those
        )
        message = (
            f"is {name}, and this project's tests ran on {tried} only: `doctor --prove` tries"
            " every statement on this server."
        )
        yield Finding("version", message, Severity.NOTE)


def check_variables(variables: dict[str, str]) -> Iterator[Finding]:
    isolation = variables.get("transaction_isolation") or variables.get("tx_isolation")
    if isolation != "READ-COMMITTED":
        yield Finding("isolation", f"is {isolation}: a run would hold up register marking.")
    if variables.get("log_bin") == "ON" and variables.get("binlog_format") == "STATEMENT":
        yield Finding("binlog_format", "is STATEMENT: READ COMMITTED needs ROW or MIXED.")
    if "STRICT_" not in variables.get("sql_mode", ""):
        yield Finding("sql_mode", "is not strict: the server would cut over-long values silently.")


def _check_clock(database: Database, now: CollegeTime) -> Iterator[Finding]:
    row = fetch_one(database, "SELECT UTC_TIMESTAMP() AS utc", {})
    if row and abs(row["utc"] - now.utc) > CLOCK_TOLERANCE:
        message = f"shows {row['utc']} UTC, and this machine's clock {now.utc:%F %T}."
        yield Finding("clock", message, Severity.NOTE)


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))
