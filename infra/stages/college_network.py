"""The college's own VPC, for a database that only it can reach."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CollegeNetwork:
    """Taken as it is: nothing of it is looked up, and only one rule is added to it."""

    vpc_id: str
    availability_zones: tuple[str, ...]
    """One for each private subnet, in the same order."""
    private_subnet_ids: tuple[str, ...]
    """Their route to SQS, SNS, SSM and Secrets Manager is the college's: a NAT or endpoints."""
    database_security_group_id: str
    """Gets one rule: the functions may reach the database's port."""
    database_port: int = 3306
