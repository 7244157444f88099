"""Counts what became of the texts, and why guardians were not told."""

from collections import Counter
from collections.abc import Iterable, Iterator

from absence_texts.account import GuardianEntry, StudentEntry, Told, in_words
from absence_texts.identifiers import NO_GUARDIAN
from absence_texts.ledger import State
from ops.day.page.figure import Figure

NO_TEXT = "no text"


def outcomes(entries: Iterable[StudentEntry]) -> Figure:
    """Count the guardians by what became of their text."""
    found = Counter(_outcome(guardian) for guardian in _guardians(entries))
    in_order = (*(_in_words(state) for state in State), NO_TEXT)
    return Figure(
        name="outcomes",
        title="What became of the texts",
        sentence="Each guardian of each absent student counts once. A student without a guardian"
        f" counts once, as {NO_TEXT}.",
        headings=("outcome", "guardians"),
        rows=tuple((label, (found[label],)) for label in in_order if found[label]),
    )


def reasons(entries: Iterable[StudentEntry]) -> Figure:
    """Count the guardians who were not told by the reason."""
    not_told = (each for each in _guardians(entries) if each.told is Told.NOT_TOLD)
    found = Counter(why(each) or _outcome(each) for each in not_told)
    return Figure(
        name="reasons",
        title="Why guardians were not told",
        sentence="Each guardian who was not told counts once, also if another guardian of the"
        " student was told.",
        headings=("reason", "guardians"),
        rows=tuple((label, (count,)) for label, count in found.most_common()),
    )


def why(guardian: GuardianEntry) -> str:
    """Return the reason in words, which are empty if there is none."""
    if guardian.guardian_id == NO_GUARDIAN and guardian.reason == "guardian_linked":
        return "no guardian is linked to the student"
    return in_words(guardian.reason)


def _guardians(entries: Iterable[StudentEntry]) -> Iterator[GuardianEntry]:
    return (guardian for entry in entries for guardian in entry.guardians)


def _outcome(guardian: GuardianEntry) -> str:
    return _in_words(guardian.state) if guardian.state else NO_TEXT


def _in_words(state: State) -> str:
    return state.replace("_", " ")
