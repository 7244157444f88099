"""What doctor asks of a server, whatever its make."""

import pytest

from ops.doctor.finding import Severity
from ops.doctor.server_check import OLDEST, TRIED, check_variables, check_version


@pytest.mark.parametrize(
    ("version", "severity"),
    [
        ("10.11.14-MariaDB", None),
        ("5.5.5-10.11.19-MariaDB-0+deb12u1", None),
        ("9.7.4", None),
        ("10.6.12-MariaDB", Severity.NOTE),
        ("8.0.36", Severity.NOTE),
        ("8.4.0", Severity.NOTE),
        ("8.0.mysql_aurora.3.05.2", Severity.NOTE),
        ("10.5.20-MariaDB", Severity.FAULT),
        ("5.7.44-log", Severity.FAULT),
    ],
)
def test_too_old_is_a_fault_and_never_tried_is_a_note(
    version: str, severity: Severity | None
) -> None:
    found = [finding.severity for finding in check_version(version)]
    assert found == ([severity] if severity else [])


def test_every_version_that_was_tried_is_recent_enough() -> None:
    assert TRIED.keys() == OLDEST.keys()
    assert all(min(TRIED[product]) >= OLDEST[product] for product in TRIED)


def test_a_statement_based_binary_log_does_not_allow_read_committed() -> None:
    fit = {"tx_isolation": "READ-COMMITTED", "sql_mode": "STRICT_TRANS_TABLES"}
    assert list(check_variables(fit | {"log_bin": "OFF", "binlog_format": "STATEMENT"})) == []
    (found,) = check_variables(fit | {"log_bin": "ON", "binlog_format": "STATEMENT"})
    assert found.subject == "binlog_format"
