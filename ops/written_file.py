"""Files about people, which the tool writes for whoever types the command."""

from pathlib import Path


class FileNotWrittenError(Exception):
    """The file can't be written; the message says which, and why."""


def write_for_owner(path: Path, text: str) -> None:
    """Write a file that only its owner may read; raises FileNotWrittenError."""
    try:
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FileNotWrittenError(
            f"{path} can't be written: {error.strerror}. Name a file in a folder that is there."
        ) from None
