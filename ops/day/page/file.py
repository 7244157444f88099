"""The file of the page, which has names and references in it."""

from pathlib import Path


class PageNotWrittenError(Exception):
    """The file of the page can't be written; the message says which, and why."""


def write_page(path: Path, html: str) -> None:
    """Write the page into a file that only its owner may read; raises PageNotWrittenError."""
    try:
        path.touch(mode=0o600)
        path.write_text(html, encoding="utf-8")
    except OSError as error:
        raise PageNotWrittenError(
            f"{path} can't be written: {error.strerror}. Name a file in a folder that is there."
        ) from None
