"""What makes no sense in a stage, beyond what the functions' settings refuse."""

import re
from collections.abc import Iterator
from pathlib import Path

from absence_texts.ledger import ABANDONED_AFTER, REQUEUE_AFTER
from infra.functions.settings import college_settings
from infra.job_queue import JOBS_AT_ONCE, JOBS_KEPT_SECONDS, hidden_seconds
from infra.repository import FUNCTIONS, ROOT
from infra.stages.stage import CollegeNetwork, Stage, StageRefusedError, senders_at_once
from send_sms.back_off import HIDING_TAKES_SECONDS, LONGEST_WAIT_SECONDS
from send_sms.sms import LONGEST_DELIVERY_SECONDS

_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_ACCOUNT = re.compile(r"\d{12}")
_OF_RDS = "rds-"
_MINUTES_IN_AN_HOUR = 60
# A job that is tried more often could outlive its queue's retention between two long waits.
_MOST_TRIES = JOBS_KEPT_SECONDS // LONGEST_WAIT_SECONDS


def check_stage(stage: Stage) -> None:
    """Raise StageRefusedError for the first thing found."""
    for reason in _reasons(stage):
        raise StageRefusedError(f"Stage {stage.name} is refused: {reason}.")


def check_credentials(stage: Stage, account: str | None) -> None:
    """Raise StageRefusedError if the credentials' account is known and is not the stage's."""
    if stage.account and account and account != stage.account:
        raise StageRefusedError(
            f"Stage {stage.name} is refused: it belongs to account {stage.account}, and these"
            f" credentials to account {account}."
        )


def _reasons(stage: Stage) -> Iterator[str]:
    for package in stage.function_secret_names:
        if not (FUNCTIONS / package / "handler.py").is_file():
            yield f"function_secret_names has {package!r}, which is no function"
    yield from _of_the_region(stage)
    yield from _of_the_database(stage)
    yield from _of_runs(stage)
    if stage.mail_to and not stage.mail_from:
        yield "mail_to needs mail_from, the address that the mails come from"
    yield from _of_senders(stage)


def _of_the_region(stage: Stage) -> Iterator[str]:
    if not _REGION.fullmatch(stage.region):
        yield f"region {stage.region!r} is no name of a region, such as eu-west-2"
    if stage.account is not None and not _ACCOUNT.fullmatch(stage.account):
        yield f"account {stage.account!r} is not the 12 digits of an account"
    certificate = stage.link_domain.certificate_arn if stage.link_domain else None
    if certificate and not certificate.startswith(f"arn:aws:acm:{stage.region}:"):
        yield f"link_domain's certificate {certificate!r} is not one of ACM's in {stage.region}"
    if stage.network and not _has_a_zone_for_each_subnet(stage.network):
        yield "network must have subnets, and an availability zone for each"
    if stage.network and not _zones_are_in(stage.region, stage.network):
        yield f"network has an availability zone outside {stage.region}"
    ca = Path(stage.database_ca or "").name
    if ca.startswith(_OF_RDS) and ca != f"{_OF_RDS}{stage.region}.pem":
        yield f"database_ca {stage.database_ca!r} is RDS's authority in another region"


def _of_the_database(stage: Stage) -> Iterator[str]:
    if stage.database_ca and not _holds_certificates(stage.database_ca):
        yield f"database_ca {stage.database_ca!r} is no file of certificates in PEM"
    if stage.trial_database and stage.network:
        yield "trial_database has a network of its own, so network must be left out"
    if stage.trial_database and not stage.database_ca:
        yield "trial_database needs a database_ca to be verified: RDS's bundle of the region"
    if stage.trial_database and stage.watched_database:
        yield "trial_database has its own alarm, so watched_database must be left out"


def _of_runs(stage: Stage) -> Iterator[str]:
    minutes = stage.minutes_between_runs
    if not 0 < minutes < _MINUTES_IN_AN_HOUR or _MINUTES_IN_AN_HOUR % minutes:
        yield "minutes_between_runs must divide an hour: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30"
    settings = college_settings(stage)
    closes = settings.sending_window_closes
    if settings.minutes_after_lesson >= closes.hour * _MINUTES_IN_AN_HOUR + closes.minute:
        yield "minutes_after_lesson makes every text due after the sending window has closed"


def _of_senders(stage: Stage) -> Iterator[str]:
    if stage.texts_per_second < 1 or not 0 < stage.tries <= _MOST_TRIES:
        yield f"texts_per_second must be at least 1, and tries from 1 to {_MOST_TRIES}"
        return
    timeout = stage.sender_timeout_seconds
    if timeout >= ABANDONED_AFTER.total_seconds():
        yield "sender_timeout_seconds lets a claim be put in doubt while its sender still runs"
    if hidden_seconds(timeout) >= REQUEUE_AFTER.total_seconds():
        yield (
            "sender_timeout_seconds hides a job for so long that detection queues its text again"
        )
    pace = senders_at_once(stage.texts_per_second) / stage.texts_per_second
    needed = JOBS_AT_ONCE * pace + LONGEST_DELIVERY_SECONDS + HIDING_TAKES_SECONDS
    if timeout < needed:
        yield (
            f"sender_timeout_seconds must be at least {needed:.0f} for a batch of {JOBS_AT_ONCE}"
            f" texts at {stage.texts_per_second} a second"
        )


def _has_a_zone_for_each_subnet(network: CollegeNetwork) -> bool:
    return 0 < len(network.private_subnet_ids) == len(network.availability_zones)


def _zones_are_in(region: str, network: CollegeNetwork) -> bool:
    return all(zone.startswith(region) for zone in network.availability_zones)


def _holds_certificates(path: str) -> bool:
    file = ROOT / path
    return file.is_file() and "-----BEGIN CERTIFICATE-----" in file.read_text()
