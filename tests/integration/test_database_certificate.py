"""With an authority's file, only the server that it vouches for is given the password."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pymysql
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from absence_texts.database import Credentials, connect, fetch_one
from local import database_server


@dataclass(frozen=True)
class Authority:
    file: Path
    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    @classmethod
    def called(cls, words: str, directory: Path) -> "Authority":
        key, name = ec.generate_private_key(ec.SECP256R1()), _name(words)
        extension = x509.BasicConstraints(ca=True, path_length=None)
        made = _certificate(name, key).issuer_name(name).add_extension(extension, critical=True)
        file = directory / f"{words.replace(' ', '-')}.pem"
        file.write_bytes(_pem(made.sign(key, hashes.SHA256())))
        return cls(file, key, name)

    def vouch_for(self, address: str, directory: Path) -> tuple[Path, Path]:
        """Write a server's certificate and its key; return their files."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        made = _certificate(_name("a server"), key).issuer_name(self.name)
        signed = made.add_extension(names, critical=False).sign(self.key, hashes.SHA256())
        certificate, key_file = directory / "server.pem", directory / "server-key.pem"
        certificate.write_bytes(_pem(signed))
        key_file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return certificate, key_file


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _certificate(subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.called("the college", tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def server(
    run_files: Path, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Credentials]:
    """Run a MariaDB with a certificate for 127.0.0.1."""
    certificate, key = authority.vouch_for("127.0.0.1", tmp_path_factory.mktemp("server"))
    options = (f"--ssl-cert={certificate}", f"--ssl-key={key}")
    with database_server.running(run_files / "server-tls", *options) as credentials:
        yield credentials


def test_the_server_that_the_authority_vouches_for_is_spoken_to_in_cipher(
    server: Credentials, authority: Authority
) -> None:
    with closing(connect(server, tls_ca=str(authority.file))) as database:
        cipher = fetch_one(database, "SHOW STATUS LIKE 'Ssl_cipher'", {})
    assert cipher
    assert cipher["Value"]


def test_a_server_that_another_authority_vouches_for_is_refused(
    server: Credentials, tmp_path: Path
) -> None:
    another = Authority.called("another authority", tmp_path)
    with pytest.raises(pymysql.OperationalError, match="CERTIFICATE_VERIFY_FAILED"):
        connect(server, tls_ca=str(another.file))


def test_a_server_of_another_name_is_refused(server: Credentials, authority: Authority) -> None:
    elsewhere = replace(server, host="localhost")
    with pytest.raises(pymysql.OperationalError, match="CERTIFICATE_VERIFY_FAILED"):
        connect(elsewhere, tls_ca=str(authority.file))


def test_a_server_without_encryption_is_refused(run_files: Path, authority: Authority) -> None:
    with (
        database_server.running(run_files / "server-plain") as plain,
        pytest.raises(pymysql.OperationalError, match="SSL"),
    ):
        connect(plain, tls_ca=str(authority.file))
