"""The description of a running stack: `stack.json`, which this module alone writes and reads."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from absence_texts.clock import Clock
from absence_texts.database import Credentials

DEFAULT_DIRECTORY = Path(__file__).parent.parent / ".local" / "stack"
"""Where `make up` starts a stack."""
DEMO_DIRECTORY = DEFAULT_DIRECTORY.with_name("demo")
"""Where `make demo` starts a stack."""

COLLEGE_ZONE = ZoneInfo("Europe/London")


class StackDescriptionError(Exception):
    """No description of a running stack can be read; the message says what to do."""


def description_of(directory: Path) -> Path:
    """Return the path of `.local/stack.json`, for the stack in `.local/stack`."""
    return directory.with_name(f"{directory.name}.json")


@dataclass(frozen=True, kw_only=True)
class DatabaseAddress:
    host: str
    port: int
    user: str
    password: str
    name: str


@dataclass(frozen=True, kw_only=True)
class RunningStack:
    """Addresses and names. `functions` maps each function's directory to its deployed name."""

    database: DatabaseAddress
    api_address: str
    portal_address: str
    ministack_address: str
    queue_address: str
    dlq_address: str
    functions: Mapping[str, str]
    schedule_name: str
    sending_parameter: str
    clock_offset_seconds: int

    @property
    def credentials(self) -> Credentials:
        return Credentials(
            host=self.database.host,
            port=self.database.port,
            username=self.database.user,
            password=self.database.password,
            dbname=self.database.name,
        )

    @property
    def clock(self) -> Clock:
        """The college's clock, as the deployed functions read it."""
        return Clock(COLLEGE_ZONE, timedelta(seconds=self.clock_offset_seconds))

    def write(self, path: Path) -> None:
        """Write a new file and rename it, so that no reader finds half a file."""
        unfinished = path.with_suffix(".unfinished")
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(asdict(self), indent=2) + "\n")
        unfinished.replace(path)

    @classmethod
    def read(cls, path: Path) -> "RunningStack":
        """Read the description; raises StackDescriptionError."""
        try:
            fields = json.loads(path.read_text())
            return cls(**fields | {"database": DatabaseAddress(**fields["database"])})
        except FileNotFoundError:
            raise StackDescriptionError(
                "No local stack is running: start one with `make up` or `make demo`."
            ) from None
        except (ValueError, TypeError, KeyError):
            raise StackDescriptionError(
                f"{path} can't be read: start the local stack again with `make down` and `make up`."
            ) from None
