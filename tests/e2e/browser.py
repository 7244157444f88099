"""Chromium, as a phone and as a desktop computer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from local.environment import ROOT
from local.programs import program

PHONE = ViewportSize(width=320, height=640)
DESKTOP = ViewportSize(width=1280, height=720)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
VIEWPORTS = {"phone": PHONE, "desktop": DESKTOP}
type Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# Chromium runs as root only without its sandbox. The other options keep it off the network.
_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def running_chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=_OPTIONS)
        yield browser
        browser.close()
