"""Who types a command: the AWS identity if the command works on AWS, else this machine's user."""

import getpass
import os

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# Nobody waits a minute at a terminal because one of AWS's services can't be reached.
NOT_LONG = Config(connect_timeout=5, read_timeout=5, retries={"total_max_attempts": 2})


def system_user() -> str:
    try:
        return getpass.getuser()
    except OSError:
        return f"user {os.getuid()}"


def aws_identity(session: boto3.Session) -> str:
    """Return the ARN of whoever the session's credentials belong to.

    If STS does not answer, return this machine's user: an action must not wait for that.
    """
    try:
        arn: str = session.client("sts", config=NOT_LONG).get_caller_identity()["Arn"]
    except (BotoCoreError, ClientError):
        return f"{system_user()} (AWS identity not known)"
    return arn
