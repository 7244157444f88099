"""An error about the database secret names the wrong key, and never a value."""

import json

import pytest

from absence_texts.database import Credentials, SecretError

WHOLE = {"host": "db.example", "port": 3307, "username": "u", "password": "hush", "dbname": "d"}


def test_the_secret_holds_what_a_connection_needs() -> None:
    assert vars(Credentials.from_secret(json.dumps(WHOLE))) == WHOLE


def test_mysqls_own_port_may_be_left_out() -> None:
    without = {key: value for key, value in WHOLE.items() if key != "port"}
    assert Credentials.from_secret(json.dumps(without)).port == 3306


@pytest.mark.parametrize(
    ("secret", "says"),
    [
        ("hush", "no JSON object"),
        ('["hush"]', "no JSON object"),
        ("null", "no JSON object"),
        (json.dumps(WHOLE | {"port": "hush"}), "port is no number"),
        (json.dumps(WHOLE | {"port": None}), "port is no number"),
        ('{"password": "hush"}', "has no dbname, host, username"),
    ],
)
def test_what_is_wrong_is_named_without_a_value(secret: str, says: str) -> None:
    with pytest.raises(SecretError, match=says) as raised:
        Credentials.from_secret(secret)
    assert "hush" not in str(raised.value)
