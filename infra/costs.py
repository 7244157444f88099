"""`python -m infra.costs`: what a month costs, in US dollars, for a college of a size.

Prices are London's as known to the authors, without free tiers and VAT. The page that holds the
table says what to check.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from db.grants import USERS
from infra.functions.python_function import MEMORY_MB
from infra.stages.trial_database import TrialDatabase

RUNS = 30 * 24 * 12
"""Of detection, and as many sweeps for receipts."""


@dataclass(frozen=True, kw_only=True)
class College:
    students: int
    absent_a_day: float = 0.05
    """Of the students: those whose first absence of the day was marked in time."""
    guardians: float = 1.3
    """Of a student: registered, linked, with a mobile number."""
    teaching_days: int = 21

    @property
    def texts(self) -> int:
        absences = self.students * self.absent_a_day * self.teaching_days
        return round(absences * self.guardians)


@dataclass(frozen=True, kw_only=True)
class Prices:
    text: float = 0.045
    gigabyte_second: float = 0.0000133334
    million_requests: float = 0.20
    snapshot_gigabyte_second: float = 0.0000015046
    restored_gigabyte: float = 0.0001397998
    million_link_requests: float = 1.17
    million_queue_requests: float = 0.40
    gigabyte_of_logs: float = 0.60
    metric: float = 0.30
    alarm: float = 0.10
    dashboard: float = 3.00
    secret: float = 0.40
    micro_instance_hour: float = 0.018
    instance_gigabyte: float = 0.133
    nat_gateway_hour: float = 0.05
    address_hour: float = 0.005
    aurora_unit_hour: float = 0.14
    proxy_processor_hour: float = 0.018


_GIGABYTE = MEMORY_MB / 1024
_SECONDS = 30 * 24 * 60 * 60
_RESTORED = 0.2
"""Of the taps on a link: those that find no function warm. One more each hour is nobody's."""
_METRICS = 45
"""Of the functions' own: those drawn, and some fifteen reasons."""
ALARM_METRICS = 30
"""An alarm on a share watches two."""
_SECRETS = 1 + len(USERS)
_LOG_BYTES = 3000
"""Of one invocation, or one text."""
_POLLS = 5 * 3 * 60 * 24 * 30
"""Of the queue, by Lambda: five pollers that wait for 20 seconds."""


def month(college: College, prices: Prices = Prices()) -> Mapping[str, float]:
    texts = college.texts
    invocations = 2 * RUNS + 4 * texts
    seconds = RUNS * 1.0 + RUNS * 0.3 + texts * (0.5 + 0.3 + 2 * 0.2)
    return {
        "texts": texts * prices.text,
        "functions": seconds * _GIGABYTE * prices.gigabyte_second
        + invocations * prices.million_requests / 1e6,
        "the link's snapshot": _GIGABYTE
        * (
            _SECONDS * prices.snapshot_gigabyte_second
            + (_RESTORED * 2 * texts + 30 * 24) * prices.restored_gigabyte
        ),
        "queue, link": (_POLLS + 3 * texts) * prices.million_queue_requests / 1e6
        + 2 * texts * prices.million_link_requests / 1e6,
        "logs": (invocations + texts) * _LOG_BYTES / 1e9 * prices.gigabyte_of_logs,
        "metrics, alarms, dashboard": _METRICS * prices.metric
        + ALARM_METRICS * prices.alarm
        + prices.dashboard,
        "secrets": _SECRETS * prices.secret,
    }


def table(*colleges: College) -> str:
    """Return the page's table."""
    months = [month(college) for college in colleges]
    rows = [
        ["US$ a month", *(f"{college.students:,} students" for college in colleges)],
        ["---", *("---:" for _ in colleges)],
        ["texts sent", *(f"{college.texts:,}" for college in colleges)],
        *([part, *(f"{each[part]:.2f}" for each in months)] for part in months[0]),
        ["**together**", *(f"**{sum(each.values()):.2f}**" for each in months)],
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


_HOURS = 730
_STORAGE_GB = TrialDatabase().storage_gb
_FEWEST_UNITS = 0.5
"""Of Aurora Serverless: a run every five minutes never lets it pause."""
_PROXY_PROCESSORS = 2
"""The least that is charged."""


def trial_database(prices: Prices = Prices()) -> Mapping[str, float]:
    storage = _STORAGE_GB * prices.instance_gigabyte
    return {
        f"RDS for MySQL, db.t4g.micro, {_STORAGE_GB} GB": _HOURS * prices.micro_instance_hour
        + storage,
        "the NAT gateway of its VPC, and its address": _HOURS
        * (prices.nat_gateway_hour + prices.address_hour),
        "not taken: Aurora Serverless v2 at its least": _HOURS
        * _FEWEST_UNITS
        * prices.aurora_unit_hour
        + storage,
        "not taken: an RDS Proxy besides": _HOURS * _PROXY_PROCESSORS * prices.proxy_processor_hour,
    }


def trial_table() -> str:
    """Return the page's table of a trial's own database."""
    rows = ["| US$ a month | |", "| --- | ---: |"]
    return "\n".join(rows + [f"| {part} | {cost:.2f} |" for part, cost in trial_database().items()])


COLLEGES = (College(students=3_000), College(students=10_000))
PILOT = College(students=0)
"""A few volunteers' texts are not seen in the sum."""

if __name__ == "__main__":
    print(table(*COLLEGES), trial_table(), sep="\n\n")  # noqa: T201 (its purpose)
