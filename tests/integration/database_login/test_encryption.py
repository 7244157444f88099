"""A password goes to another machine encrypted only, and only to a server that is vouched for."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pymysql
import pytest

from absence_texts.database import Credentials, Database, connect, fetch_one
from tests.integration.database_login.conftest import as_another_machine
from tests.support.certificates import Authority

NO_ENCRYPTION = "SSL is required"
NOT_VERIFIED = "CERTIFICATE_VERIFY_FAILED"


def is_encrypted(database: Database) -> bool:
    cipher = fetch_one(database, "SHOW STATUS LIKE 'Ssl_cipher'", {})
    return bool(cipher and cipher["Value"])


def test_the_server_that_the_authority_vouches_for_is_spoken_to_in_cipher(
    encrypting: Credentials, authority: Authority
) -> None:
    with closing(connect(encrypting, tls_ca=str(authority.file))) as database:
        assert is_encrypted(database)


def test_a_server_that_another_authority_vouches_for_is_refused(
    encrypting: Credentials, tmp_path: Path
) -> None:
    another = Authority.called("another authority", tmp_path)
    with pytest.raises(pymysql.OperationalError, match=NOT_VERIFIED):
        connect(encrypting, tls_ca=str(another.file))


def test_a_server_of_another_name_is_refused(encrypting: Credentials, authority: Authority) -> None:
    elsewhere = replace(encrypting, host="localhost")
    with pytest.raises(pymysql.OperationalError, match=NOT_VERIFIED):
        connect(elsewhere, tls_ca=str(authority.file))


def test_a_server_without_encryption_is_refused_when_it_is_to_be_verified(
    unencrypting: Credentials, authority: Authority
) -> None:
    with pytest.raises(pymysql.OperationalError, match=NO_ENCRYPTION):
        connect(unencrypting, tls_ca=str(authority.file))


def test_another_machine_is_spoken_to_in_cipher_without_an_authority(
    encrypting: Credentials,
) -> None:
    with closing(connect(as_another_machine(encrypting))) as database:
        assert is_encrypted(database)


def test_another_machine_without_encryption_is_refused(unencrypting: Credentials) -> None:
    with pytest.raises(pymysql.OperationalError, match=NO_ENCRYPTION):
        connect(as_another_machine(unencrypting))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_may_do_without_encryption(unencrypting: Credentials, host: str) -> None:
    with closing(connect(replace(unencrypting, host=host))) as database:
        assert not is_encrypted(database)
