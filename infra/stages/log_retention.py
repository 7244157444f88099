"""How long CloudWatch keeps the lines of a log group, by CDK's names."""

from enum import StrEnum


class LogRetention(StrEnum):
    ONE_WEEK = "ONE_WEEK"
    ONE_MONTH = "ONE_MONTH"
    THREE_MONTHS = "THREE_MONTHS"
    ONE_YEAR = "ONE_YEAR"
