"""A certificate authority of a test's own, and the certificates that it signs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


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
