"""API Gateway calls this for every request to the link, whatever its path and method.

All environments start from one snapshot of the loaded function and share what it holds. So loading
opens no connection, asks no service and draws no random number: the first request does.
"""

import os
from typing import TYPE_CHECKING, Any

from absence_redirect.aws import find_access
from absence_redirect.link import Link
from absence_redirect.lookup import SessionLookup
from absence_redirect.pages import Pages
from absence_redirect.secret import fetch_secret
from absence_redirect.settings import AbsenceRedirectSettings

if TYPE_CHECKING:
    from absence_redirect.responses import Response

AWS_SECONDS = 1

settings = AbsenceRedirectSettings.from_environment(os.environ)


def _fetch_secret() -> str:
    access = find_access(os.environ, timeout=AWS_SECONDS)
    return fetch_secret(access, settings.database_secret_id, timeout=AWS_SECONDS)


pages = Pages(settings)
link = Link(settings, pages, SessionLookup(settings, _fetch_secret).find)
if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
    # The snapshot then holds the templates, so no visitor waits for them.
    pages.load()


def handler(event: dict[str, Any], context: Any) -> "Response":  # noqa: ANN401 (Lambda's own type)
    return link.answer(event, context.aws_request_id)
