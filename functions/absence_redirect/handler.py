"""API Gateway calls this for every request to the link, whatever its path and method.

Nothing is opened while the function loads: the first request does, within its own time limit.
"""

import os
from typing import TYPE_CHECKING, Any

from absence_redirect.link import Link
from absence_redirect.lookup import SessionLookup
from absence_redirect.pages import Pages
from absence_redirect.secret import AwsAccess, fetch_secret
from absence_redirect.settings import AbsenceRedirectSettings

if TYPE_CHECKING:
    from absence_redirect.responses import Response

SECRET_SECONDS = 1

settings = AbsenceRedirectSettings.from_environment(os.environ)


def _fetch_secret() -> str:
    access = AwsAccess.from_environment(os.environ)
    return fetch_secret(access, settings.database_secret_id, timeout=SECRET_SECONDS)


link = Link(settings, Pages(settings), SessionLookup(settings, _fetch_secret).find)


def handler(event: dict[str, Any], context: Any) -> "Response":  # noqa: ANN401 (Lambda's own type)
    return link.answer(event, context.aws_request_id)
