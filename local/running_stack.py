"""What a running stack says of itself, in its stack.json."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from absence_texts.clock import Clock
from absence_texts.database import Credentials

COLLEGE_ZONE = ZoneInfo("Europe/London")


@dataclass(frozen=True, kw_only=True)
class DatabaseAddress:
    host: str
    port: int
    user: str
    password: str
    name: str


@dataclass(frozen=True, kw_only=True)
class RunningStack:
    """Addresses and names; `functions` holds each function's deployed name by its directory's."""

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
        """Write all at once: whoever finds the file finds it whole."""
        unfinished = path.with_suffix(".unfinished")
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(asdict(self), indent=2) + "\n")
        unfinished.replace(path)

    @classmethod
    def read(cls, path: Path) -> "RunningStack":
        fields = json.loads(path.read_text())
        return cls(**fields | {"database": DatabaseAddress(**fields["database"])})
