"""Who may be texted in a trial or a test stage. Other texts are recorded and not sent."""

from absence_texts.reference import read_reference
from absence_texts.vocabulary import Reason
from send_sms.claimed_text import ClaimedText
from send_sms.mobiles import is_fictional
from send_sms.settings import SendSmsSettings


def why_not_texted(settings: SendSmsSettings, text: ClaimedText, mobile: str) -> str | None:
    """Return why this text to an E.164 number is outside the trial or the stage, if it is."""
    if not _in_pilot(settings, text):
        return Reason.NOT_IN_PILOT
    if settings.stage == "live" or is_fictional(mobile) or mobile in settings.listed_mobiles:
        return None
    return Reason.MOBILE_NOT_LISTED


def _in_pilot(settings: SendSmsSettings, text: ClaimedText) -> bool:
    if not settings.is_pilot:
        return True
    return (
        read_reference(text.reference) in settings.pilot_students
        or text.guardian_id in settings.pilot_guardians
    )
