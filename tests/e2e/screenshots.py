"""`python -m tests.e2e.screenshots` takes new pictures for docs/images, from its own stack."""

from contextlib import closing
from datetime import time
from pathlib import Path

from playwright.sync_api import Browser

from absence_texts.database import connect
from local import stack as local_stack
from local.college_clock import offset_to
from local.run_directory import run_directory
from tests.e2e.browser import SCHEMES, VIEWPORTS, running_chromium
from tests.e2e.deployed import Deployed
from tests.e2e.link_visits import come_to
from tests.support.college import College

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


def take(name: str, chromium: Browser, deployed: Deployed) -> None:
    with chromium.new_context(base_url=deployed.stack.portal_address) as context:
        page = context.new_page()
        come_to(name, page, deployed)
        for device, viewport in VIEWPORTS.items():
            page.set_viewport_size(viewport)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=IMAGES / f"link-{name}-{device}-{scheme}.png", full_page=True)


if __name__ == "__main__":
    main()
