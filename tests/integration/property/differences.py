"""Plays a sequence of steps on the product and on the oracle, and says where they differ."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.oracle import Oracle
from tests.integration.property.oracle_account import account
from tests.integration.property.oracle_data_checks import OracleRules
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
    latest_minutes: int | None = None,
    asks_the_tool: bool = True,
) -> str | None:
    """Return what the product and the oracle first disagree about, or None.

    The command-line tool is asked at the last run only, because its statements take longest.
    """
    tables.write(day)
    product = Product(
        tables.database, zone, tables.schema, texts_clashes, latest_minutes=latest_minutes
    )
    latest = timedelta(minutes=latest_minutes) if latest_minutes else None
    oracle = Oracle(day, zone, OracleRules(texts_clashes, latest))
    last_run = max(
        (number for number, step in enumerate(steps, start=1) if isinstance(step, Run)), default=0
    )
    for number, step in enumerate(steps, start=1):
        with_tool = asks_the_tool and number == last_run
        found = (
            _run_with_tool(step.at, product, oracle)
            if with_tool and isinstance(step, Run)
            else _do(step, tables, product, oracle)
        )
        if found := found or _difference(product, oracle):
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
    expected, found = oracle.run(at), product.run(at)
    return _unlike("data problems", expected, found)


def _run_with_tool(at: datetime, product: Product, oracle: Oracle) -> str | None:
    """Compare what `preview` said before the run, and what `explain` says after it, as well."""
    previewed, before = product.preview(at), product.texts()
    return (
        _run(at, product, oracle)
        or _unlike("texts claimed, as previewed,", _claimed(before, product.texts()), previewed)
        or _unlike("explanations", oracle.failing(at), product.explain(at))
        or _unlike("accounts", account(oracle, at), product.account(at))
    )


def _claimed(before: Texts, after: Texts) -> set[tuple[int, int, int]]:
    """Return lesson, student and guardian of the texts that a run has claimed since."""
    waited = {key for key, (_, state, _) in before.items() if state != "cancelled"}
    claimed_again = {key for key, text in after.items() if before.get(key) != text}
    return {(after[key][0], key[0], key[1]) for key in claimed_again - waited}


def _difference(product: Product, oracle: Oracle) -> str | None:
    texts = {key: (text.lesson_id, text.state, text.reason) for key, text in oracle.texts.items()}
    return (
        _unlike("texts", texts, product.texts())
        or _unlike("decisions", oracle.decisions, product.decisions())
        or _unlike("pastoral logs", oracle.logs, product.logs())
    )


def _unlike(about: str, expected: object, found: object) -> str | None:
    return None if expected == found else f"the {about} should be {expected}, but are {found}"
