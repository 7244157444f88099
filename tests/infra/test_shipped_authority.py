"""The project ships the certificate authority of RDS and Aurora in London."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.x509 import Certificate, load_pem_x509_certificates
from cryptography.x509.oid import NameOID

from infra.repository import ROOT
from infra.stages.values import LIVE, PILOT

_YEARS = timedelta(days=10 * 365)


@pytest.fixture(scope="module")
def roots() -> list[Certificate]:
    assert LIVE.database_ca
    assert LIVE.database_ca == PILOT.database_ca
    return load_pem_x509_certificates((ROOT / LIVE.database_ca).read_bytes())


def test_it_holds_every_root_that_a_server_there_may_be_of(roots: list[Certificate]) -> None:
    """https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html."""
    names = {
        str(root.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value) for root in roots
    }
    assert names == {
        f"Amazon RDS eu-west-2 Root CA {key} G1" for key in ("RSA2048", "RSA4096", "ECC384")
    }


def test_each_is_a_root_that_lasts(roots: list[Certificate]) -> None:
    for root in roots:
        root.verify_directly_issued_by(root)
        assert root.not_valid_after_utc > datetime.now(UTC) + _YEARS
