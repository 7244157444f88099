"""What doctor asks of a server, whatever its make."""

import pytest

from ops.doctor.server_check import check_variables, check_version


@pytest.mark.parametrize(
    ("version", "serves"),
    [
        ("10.6.12-MariaDB", True),
        ("5.5.5-10.11.19-MariaDB-0+deb12u1", True),
        ("10.5.20-MariaDB", False),
        ("8.0.36", True),
        ("8.4.0", True),
        ("8.0.mysql_aurora.3.05.2", True),
        ("5.7.44-log", False),
    ],
)
def test_the_oldest_versions_that_serve(version: str, *, serves: bool) -> None:
    assert (list(check_version(version)) == []) is serves


def test_a_statement_based_binary_log_can_not_follow_read_committed() -> None:
    fit = {"tx_isolation": "READ-COMMITTED", "sql_mode": "STRICT_TRANS_TABLES"}
    assert list(check_variables(fit | {"log_bin": "OFF", "binlog_format": "STATEMENT"})) == []
    (found,) = check_variables(fit | {"log_bin": "ON", "binlog_format": "STATEMENT"})
    assert found.subject == "binlog_format"
