"""The server gives up a statement a little before its connection would."""

from contextlib import closing
from time import monotonic

import pytest
from pymysql import OperationalError

from absence_texts.database import Credentials, Timeouts, connect, fetch_all

ENDLESS = "SELECT COUNT(*) AS many FROM " + ", ".join(
    f"information_schema.collations c{number}" for number in range(6)
)
STATEMENT_TIME_IS_UP = {1969, 3024}


def test_a_statement_that_takes_too_long_ends_and_the_connection_stays(
    credentials: Credentials,
) -> None:
    with closing(connect(credentials, timeouts=Timeouts(read=1))) as database:
        begun = monotonic()
        with pytest.raises(OperationalError) as refusal:
            fetch_all(database, ENDLESS, {})
        assert refusal.value.args[0] in STATEMENT_TIME_IS_UP
        assert monotonic() - begun < 1
        assert fetch_all(database, "SELECT 1 AS one", {}) == ({"one": 1},)
