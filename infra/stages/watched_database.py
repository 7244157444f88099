"""An RDS instance with an alarm on its connections."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class WatchedDatabase:
    instance_identifier: str
    """As the RDS console names the instance."""
    connections: int
    """Its `max_connections`, for all its users together."""
