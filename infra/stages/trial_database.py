"""A database of the stack's own, for a trial that doesn't use the college's."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TrialDatabase:
    """RDS for MySQL in a VPC of its own, with a NAT gateway for the functions."""

    instance_type: str = "t4g.micro"
    """A class of RDS, without `db.`: the least there is carries a few volunteers."""
    connections: int = 75
    """How many the server takes; what it has memory for, at some 13 MB each."""
    storage_gb: int = 20
    """Of gp3: the least there is."""
    backup_days: int = 7
    """How far back it can be restored to any second."""
