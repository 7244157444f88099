"""What makes no sense in a stage, beyond what the functions' settings refuse."""

from collections.abc import Iterator

from absence_texts.ledger import ABANDONED_AFTER
from infra.repository import FUNCTIONS, ROOT
from infra.stages.college_network import CollegeNetwork
from infra.stages.stage import Stage, StageRefusedError


def check_stage(stage: Stage) -> None:
    """Raise StageRefusedError for the first thing found."""
    for reason in _reasons(stage):
        raise StageRefusedError(f"Stage {stage.name} is refused: {reason}.")


def _reasons(stage: Stage) -> Iterator[str]:
    for package in stage.function_secret_names:
        if not (FUNCTIONS / package / "handler.py").is_file():
            yield f"function_secret_names has {package!r}, which is no function"
    yield from _of_the_database(stage)
    if stage.link_domain and not stage.link_domain.certificate_arn.startswith("arn:aws:acm:"):
        yield f"link_domain's certificate {stage.link_domain.certificate_arn!r} is none of ACM's"

    if stage.sender_timeout_seconds >= ABANDONED_AFTER.total_seconds():
        yield "sender_timeout_seconds lets a claim be put in doubt while its sender still runs"
    if stage.texts_per_second < 1 or stage.tries < 1:
        yield "texts_per_second and tries must be at least 1"
    if stage.network and not _has_a_zone_for_each_subnet(stage.network):
        yield "network must have subnets, and an availability zone for each"


def _of_the_database(stage: Stage) -> Iterator[str]:
    if stage.database_ca and not _holds_certificates(stage.database_ca):
        yield f"database_ca {stage.database_ca!r} is no file of certificates in PEM"
    if stage.trial_database and stage.network:
        yield "trial_database has a network of its own, so network must be left out"
    if stage.trial_database and not stage.database_ca:
        yield "trial_database needs a database_ca to be verified: RDS's bundle of the region"
    if stage.trial_database and stage.watched_database:
        yield "trial_database is watched by itself, so watched_database must be left out"


def _has_a_zone_for_each_subnet(network: CollegeNetwork) -> bool:
    return 0 < len(network.private_subnet_ids) == len(network.availability_zones)


def _holds_certificates(path: str) -> bool:
    file = ROOT / path
    return file.is_file() and "-----BEGIN CERTIFICATE-----" in file.read_text()
