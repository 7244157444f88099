"""`python -m local.portal STACK_JSON` serves the stand-in portal of a running stack."""

import sys
from pathlib import Path

from local.portal.server import Portal, PortalServer
from local.portal.sessions import Sessions
from local.running_stack import RunningStack


def main(description: Path) -> None:
    stack = RunningStack.read(description)
    sessions = Sessions(stack.credentials, stack.clock)
    PortalServer(Portal(stack.portal_address, stack.api_address, sessions)).serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
