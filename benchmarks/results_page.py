"""A page of results, with a section for each database server that was measured."""

import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path

from absence_texts.database import Database, fetch_all
from local.database_server import chosen_product


def machine(database: Database) -> str:
    """Return the line that says what was measured on, with the server's version."""
    (server,) = fetch_all(database, "SELECT VERSION() AS version", {})
    return (
        f"Machine: {os.cpu_count()} processors, {platform.machine()},"
        f" Python {platform.python_version()}, {server['version']}; everything on the one machine."
    )


def save_section(page: Path, *, head: Sequence[str], section: Sequence[str]) -> None:
    """Write the section of the server that DATABASE names, and keep the others."""
    sections = _sections(page) | {chosen_product().name: "\n".join(section).strip()}
    parts = [f"## {product}\n\n{sections[product]}" for product in sorted(sections)]
    page.write_text("\n\n".join(["\n".join(head), *parts]) + "\n")


def _sections(page: Path) -> dict[str, str]:
    written = page.read_text() if page.exists() else ""
    _head, *parts = re.split(r"^## (\w+)$", written, flags=re.MULTILINE)
    return {product: body.strip() for product, body in zip(parts[::2], parts[1::2], strict=True)}
