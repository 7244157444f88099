"""Checks the server itself: version, isolation, binary log and clock."""

import re
from collections.abc import Iterator
from datetime import timedelta

from absence_texts.clock import CollegeTime
from absence_texts.database import Database, fetch_all, fetch_one
from ops.doctor.finding import Finding, Weight

OLDEST = {"MariaDB": (10, 6), "MySQL": (8, 0)}
CLOCKS_MAY_DIFFER = timedelta(minutes=1)
_WHAT = {"names": ("transaction_isolation", "tx_isolation", "log_bin", "binlog_format", "sql_mode")}


def check_server(database: Database, now: CollegeTime) -> Iterator[Finding]:
    """Check what holds for this connection, which is opened as the functions open theirs."""
    (row,) = fetch_all(database, "SELECT VERSION() AS version", {})
    yield from check_version(row["version"])
    rows = fetch_all(database, "SHOW VARIABLES WHERE variable_name IN %(names)s", _WHAT)
    yield from check_variables({row["Variable_name"]: row["Value"] for row in rows})
    yield from _check_clock(database, now)


def check_version(version: str) -> Iterator[Finding]:
    product = "MariaDB" if "MariaDB" in version else "MySQL"
    # An old MariaDB calls itself 5.5.5-10.6.12-MariaDB, for the sake of older replicas.
    major, minor = re.findall(r"(\d+)\.(\d+)", version.removeprefix("5.5.5-"))[0]
    if (int(major), int(minor)) < OLDEST[product]:
        oldest = ".".join(map(str, OLDEST[product]))
        yield Finding(
            "version", f"is {product} {major}.{minor}: {oldest} is the oldest that serves."
        )


def check_variables(variables: dict[str, str]) -> Iterator[Finding]:
    isolation = variables.get("transaction_isolation") or variables.get("tx_isolation")
    if isolation != "READ-COMMITTED":
        yield Finding("isolation", f"is {isolation}: a run would hold up register marking.")
    if variables.get("log_bin") == "ON" and variables.get("binlog_format") == "STATEMENT":
        yield Finding("binlog_format", "is STATEMENT: READ COMMITTED needs ROW or MIXED.")
    if "STRICT_" not in variables.get("sql_mode", ""):
        yield Finding("sql_mode", "is not strict: over-long values would be cut in silence.")


def _check_clock(database: Database, now: CollegeTime) -> Iterator[Finding]:
    row = fetch_one(database, "SELECT UTC_TIMESTAMP() AS utc", {})
    if row and abs(row["utc"] - now.utc) > CLOCKS_MAY_DIFFER:
        yield Finding("clock", f"shows {row['utc']} UTC, and ours {now.utc:%F %T}.", Weight.NOTE)
