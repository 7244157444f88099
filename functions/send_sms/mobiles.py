"""Mobile numbers as people type them into the portal: made into E.164, or refused with a reason.

Only this module reads what people typed. A receipt is compared with the value made here, which the
sender's claim stores.
"""

import re
from collections.abc import Set as AbstractSet

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from absence_texts.vocabulary import Reason

# https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
_FICTIONAL = re.compile(r"\+447700900\d{3}")
_MOBILE_TYPES = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


class RefusedMobileError(Exception):
    """A number that can't or may not be texted; the error's text is the reason, not the number."""


def to_e164(
    mobile: str,
    *,
    region: str,
    accept_fictional: bool,
    foreign_codes: AbstractSet[int] = frozenset(),
) -> str:
    """Return the mobile as +447...; `region` is the country of numbers without a country code.

    An extension, as in `07700 900123#2`, is left out: a mobile has none. Raises RefusedMobileError,
    also for another country's mobile unless its code is in `foreign_codes`.
    """
    number = _parse(mobile, region)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if is_fictional(e164):
        if accept_fictional:
            return e164
        raise RefusedMobileError(Reason.FICTIONAL_NUMBER)
    if number.country_code not in {phonenumbers.country_code_for_region(region), *foreign_codes}:
        raise RefusedMobileError(Reason.FOREIGN_NUMBER)
    if not phonenumbers.is_valid_number(number):
        raise RefusedMobileError(Reason.NO_SUCH_NUMBER)
    if phonenumbers.number_type(number) not in _MOBILE_TYPES:
        raise RefusedMobileError(Reason.NOT_A_MOBILE)
    return e164


def is_fictional(e164: str) -> bool:
    """Say whether it is one of Ofcom's numbers for drama, which no real phone has."""
    return bool(_FICTIONAL.fullmatch(e164))


def _parse(mobile: str, region: str) -> PhoneNumber:
    if any(character.isalpha() for character in mobile):
        # libphonenumber would read 0800 FLOWERS as a number.
        raise RefusedMobileError(Reason.LETTERS_IN_NUMBER)
    try:
        return phonenumbers.parse(mobile, region)
    except NumberParseException:
        # Not chained, because the library's message may quote the number in a later version.
        raise RefusedMobileError(Reason.NOT_A_NUMBER) from None
