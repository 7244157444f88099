"""Plays a sequence of steps on the product and on the oracle, and says where they differ."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.oracle import Oracle
from tests.integration.property.oracle_account import account
from tests.integration.property.product import Product, Texts
from tests.integration.property.steps import Deliver, Run, Step
from tests.integration.property.tables import Tables


def first_difference(
    tables: Tables,
    day: GeneratedDay,
    zone: ZoneInfo,
    steps: Sequence[Step],
    *,
    texts_clashes: bool = True,
) -> str | None:
    """Return what the product and the oracle first disagree about, or None."""
    tables.write(day)
    product = Product(tables.database, zone, tables.schema, texts_clashes=texts_clashes)
    oracle = Oracle(day, zone, texts_clashes=texts_clashes)
    for number, step in enumerate(steps, start=1):
        if found := _do(step, tables, product, oracle) or _difference(product, oracle):
            return f"after step {number}, {step}: {found}"
    return None


def _do(step: Step, tables: Tables, product: Product, oracle: Oracle) -> str | None:
    match step:
        case Run(at):
            return _run(at, product, oracle)
        case Deliver(at):
            oracle.deliver(at)
            product.deliver(at)
        case _:
            step.apply(oracle.day)
            tables.rewrite(oracle.day, step.record)
    return None


def _run(at: datetime, product: Product, oracle: Oracle) -> str | None:
    previewed, before = product.preview(at), product.texts()
    expected, found = oracle.run(at), product.run(at)
    for about, first, second in (
        ("data problems", expected, found),
        ("texts claimed, as previewed,", _claimed(before, product.texts()), previewed),
        ("explanations", oracle.failing(at), product.explain(at)),
    ):
        if first != second:
            return f"the {about} should be {first}, but are {second}"
    return _account(at, product, oracle)


def _account(at: datetime, product: Product, oracle: Oracle) -> str | None:
    expected, found = account(oracle, at), product.account(at)
    return None if expected == found else f"the account should be {expected}, but is {found}"


def _claimed(before: Texts, after: Texts) -> set[tuple[int, int, int]]:
    """Return lesson, student and guardian of the texts that a run has claimed since."""
    waited = {key for key, (_, state, _) in before.items() if state != "cancelled"}
    claimed_again = {key for key, text in after.items() if before.get(key) != text}
    return {(after[key][0], key[0], key[1]) for key in claimed_again - waited}


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
