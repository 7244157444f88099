"""How the service is, before the account of today, which is shown also if this is not known."""

from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from absence_texts.parameter_store import Sending
from ops.context import CommandContext
from ops.failures import sentence_about
from ops.held_texts import held_sentences
from ops.status.sentences import status_sentences
from ops.status.service_status import read_status
from ops.target import NoTargetError


@dataclass(frozen=True, kw_only=True)
class Opening:
    sentences: tuple[str, ...]
    needs_attention: bool
    """Texts are held, sending is not on, or an alarm rings; or this is not known."""


def read_opening(context: CommandContext) -> Opening:
    held = tuple(held_sentences(context))
    try:
        status = read_status(context)
    except (NoTargetError, ClientError, BotoCoreError) as error:
        not_known = f"Whether sending is on is not known. {sentence_about(error)}"
        return Opening(sentences=(*held, not_known), needs_attention=True)
    return Opening(
        sentences=(*held, *status_sentences(status, context.now)),
        needs_attention=bool(held or status.alarms.ringing or status.sending != Sending.ON),
    )
