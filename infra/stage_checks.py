"""What makes no sense in a stage, beyond what the functions' settings refuse."""

from collections.abc import Iterator

from infra.repository import FUNCTIONS, ROOT
from infra.stages import Stage, StageRefusedError


def check_stage(stage: Stage) -> None:
    """Raise StageRefusedError for the first thing found."""
    for reason in _reasons(stage):
        raise StageRefusedError(f"Stage {stage.name} is refused: {reason}.")


def _reasons(stage: Stage) -> Iterator[str]:
    for package in stage.function_secret_names:
        if not (FUNCTIONS / package / "handler.py").is_file():
            yield f"function_secret_names has {package!r}, which is no function"
    if stage.database_ca and not _holds_certificates(stage.database_ca):
        yield f"database_ca {stage.database_ca!r} is no file of certificates in PEM"
    if stage.link_domain and not stage.link_domain.certificate_arn.startswith("arn:aws:acm:"):
        yield f"link_domain's certificate {stage.link_domain.certificate_arn!r} is none of ACM's"


def _holds_certificates(path: str) -> bool:
    file = ROOT / path
    return file.is_file() and "-----BEGIN CERTIFICATE-----" in file.read_text()
