"""`python -m infra.costs`: what a month costs, in US dollars, for colleges of two sizes.

Prices are London's as known to the authors, without free tiers and VAT. docs/operations/costs.md
holds the table and says what to check.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from db.grants import USERS
from infra.delivery_logs import SWEEP_MINUTES
from infra.functions.python_function import MEMORY_MB
from infra.stages.stage import TrialDatabase
from infra.stages.values import LIVE

_MINUTES = 30 * 24 * 60
_RUNS = _MINUTES // LIVE.minutes_between_runs
_SWEEPS = _MINUTES // SWEEP_MINUTES


@dataclass(frozen=True, kw_only=True)
class College:
    students: int
    absent_a_day: float = 0.05
    """The share of students whose first absence of the day was marked in time."""
    guardians: float = 1.3
    """For each student: registered, linked, and with a mobile number."""
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
    thousand_mails: float = 0.10
    secret: float = 0.40
    micro_instance_hour: float = 0.018
    instance_gigabyte: float = 0.133
    nat_gateway_hour: float = 0.05
    address_hour: float = 0.005
    aurora_unit_hour: float = 0.14
    proxy_processor_hour: float = 0.018


_GIGABYTE = MEMORY_MB / 1024
_SECONDS = _MINUTES * 60
_RESTORED = 0.2
"""The share of taps that find no warm function. The hourly call of the link comes on top."""
METRICS = 55
"""What the functions count, at most in one month, with some fifteen reasons."""
ALARM_METRICS = 40
"""At most. An alarm on a share watches two."""
_MAILS_A_DAY = 2 * 5
"""At two times, to five people."""
_SECRETS = 1 + len(USERS)
_LOG_BYTES = 3000
"""For each invocation and each text."""
_POLLS = 5 * 3 * 60 * 24 * 30
"""Lambda polls the queue with five pollers that wait for 20 seconds."""


def month(college: College, prices: Prices = Prices()) -> Mapping[str, float]:
    texts = college.texts
    invocations = _RUNS + _SWEEPS + 4 * texts
    seconds = _RUNS * 1.0 + _SWEEPS * 0.3 + texts * (0.5 + 0.3 + 2 * 0.2)
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
        "metrics, alarms, dashboard": METRICS * prices.metric
        + ALARM_METRICS * prices.alarm
        + prices.dashboard,
        "mails to staff": _RUNS
        * (0.3 * _GIGABYTE * prices.gigabyte_second + prices.million_requests / 1e6)
        + _MAILS_A_DAY * college.teaching_days * prices.thousand_mails / 1000,
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
"""Of Aurora Serverless, which never pauses between runs of five minutes."""
_PROXY_PROCESSORS = 2
"""AWS charges for at least two."""


def trial_database(prices: Prices = Prices()) -> Mapping[str, float]:
    storage = _STORAGE_GB * prices.instance_gigabyte
    return {
        f"RDS for MySQL, db.t4g.micro, {_STORAGE_GB} GB": _HOURS * prices.micro_instance_hour
        + storage,
        "the NAT gateway of its VPC, and its address": _HOURS
        * (prices.nat_gateway_hour + prices.address_hour),
        "not taken: Aurora Serverless v2 at its smallest": _HOURS
        * _FEWEST_UNITS
        * prices.aurora_unit_hour
        + storage,
        "not taken: an RDS Proxy as well": _HOURS * _PROXY_PROCESSORS * prices.proxy_processor_hour,
    }


def trial_table() -> str:
    """Return the page's table of a trial's own database."""
    rows = ["| US$ a month | |", "| --- | ---: |"]
    return "\n".join(rows + [f"| {part} | {cost:.2f} |" for part, cost in trial_database().items()])


COLLEGES = (College(students=3_000), College(students=10_000))
PILOT = College(students=0)
"""The texts of a few volunteers do not change the sum."""

if __name__ == "__main__":
    print(table(*COLLEGES), trial_table(), sep="\n\n")  # noqa: T201 (its purpose)
