"""`python -m tests.e2e.screenshots` takes new pictures for docs/images, from its own stack."""

from contextlib import closing
from datetime import time
from pathlib import Path

from playwright.sync_api import Browser

from absence_texts.database import connect, execute
from local import stack as local_stack
from local.college_clock import offset_to
from local.run_directory import run_directory
from tests.e2e.browser import DESKTOP, SCHEMES, VIEWPORTS, running_chromium
from tests.e2e.deployed import Deployed
from tests.e2e.link_visits import come_to
from tests.e2e.played_day import ops, play_sample_day
from tests.support.college import College
from tests.support.tables import empty

_ROOT = Path(__file__).parents[2]
IMAGES = _ROOT / "docs" / "images"
PICTURED = ("select", "nobody-linked", "continue", "problem")


def main() -> None:
    with (
        run_directory(_ROOT / ".local" / "screenshots") as directory,
        local_stack.running(directory / "stack", clock_offset=offset_to(time(11, 45))) as stack,
        closing(connect(stack.credentials)) as database,
        running_chromium() as chromium,
    ):
        deployed = Deployed(stack, College(database, day=f"{stack.clock.now().today}"))
        for name in PICTURED:
            take(name, chromium, deployed)
        execute(database, "SET foreign_key_checks = 0", {})
        empty(database)
        play_sample_day(deployed, directory / "stack")
        ops(directory / "stack", "day", "--html", str(directory / "day.html"))
        take_day(chromium, directory / "day.html")


def take(name: str, chromium: Browser, deployed: Deployed) -> None:
    with chromium.new_context(base_url=deployed.stack.portal_address) as context:
        page = context.new_page()
        come_to(name, page, deployed)
        for device, viewport in VIEWPORTS.items():
            page.set_viewport_size(viewport)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=IMAGES / f"link-{name}-{device}-{scheme}.png", full_page=True)


def take_day(chromium: Browser, file: Path) -> None:
    """Picture the first screen of the page, and the whole of its pictures once."""
    for device, viewport in VIEWPORTS.items():
        for scheme in SCHEMES:
            with chromium.new_context(viewport=viewport, color_scheme=scheme) as context:
                page = context.new_page()
                page.goto(file.as_uri())
                page.screenshot(path=IMAGES / f"day-{device}-{scheme}.png")
    with chromium.new_context(viewport=DESKTOP) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        page.locator("#pictures").screenshot(path=IMAGES / "day-pictures-desktop-light.png")


if __name__ == "__main__":
    main()
