"""Plays a sequence of steps on the product and on the oracle, and says where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from absence_texts.database import Database
from tests.integration.property.generated_day import Change, GeneratedDay, rewrite, write
from tests.integration.property.oracle import Oracle
from tests.integration.property.product import Product


@dataclass(frozen=True)
class Run:
    at: datetime


@dataclass(frozen=True)
class Deliver:
    at: datetime


type Step = Run | Deliver | Change


def first_difference(
    database: Database, day: GeneratedDay, zone: ZoneInfo, steps: Sequence[Step]
) -> str | None:
    """Return what the product and the oracle first disagree about, or None."""
    write(database, day)
    product, oracle = Product(database, zone), Oracle(day, zone)
    for number, step in enumerate(steps, start=1):
        if found := _do(step, product, oracle) or _difference(product, oracle):
            return f"after step {number}, {step}: {found}"
    return None


def _do(step: Step, product: Product, oracle: Oracle) -> str | None:
    match step:
        case Run(at):
            expected, found = oracle.run(at), product.run(at)
            return None if expected == found else f"{found} data problems instead of {expected}"
        case Deliver(at):
            oracle.deliver(at)
            product.deliver(at)
        case Change(record):
            step.apply()
            rewrite(product.database, record)
    return None


def _difference(product: Product, oracle: Oracle) -> str | None:
    texts = {key: (text.lesson_id, text.state, text.reason) for key, text in oracle.texts.items()}
    for about, expected, found in (
        ("texts", texts, product.texts()),
        ("decisions", oracle.decisions, product.decisions()),
        ("pastoral logs", oracle.logs, product.logs()),
    ):
        if expected != found:
            return f"the {about} should be {expected}, but are {found}"
    return None
