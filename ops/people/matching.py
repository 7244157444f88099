"""SQL that compares what a person typed with a column, without regard to case and accents."""

from collections.abc import Iterable


def folded(column: str) -> str:
    """Return the column as text that takes `Zoe` for `Zoë` and `ste` for `STE`."""
    return f"CONVERT({column} USING utf8mb4) COLLATE utf8mb4_general_ci"


def is_the_same(column: str) -> str:
    """Return a condition: the column is `sought`; blanks around the column do not count."""
    return f"TRIM({folded(column)}) = %(sought)s"


def contains_words(columns: Iterable[str], typed: str) -> tuple[str, dict[str, str]]:
    """Return a condition and its values: one of the columns contains each word that was typed."""
    words = typed.split()
    values = {f"word_{number}": f"%{_literally(word)}%" for number, word in enumerate(words)}
    each_word = " AND ".join(f"{{column}} LIKE %({name})s ESCAPE '|'" for name in values)
    condition = " OR ".join(f"({each_word.format(column=column)})" for column in columns)
    return condition, values


def _literally(word: str) -> str:
    """Let LIKE take `%` and `_` for themselves."""
    return "".join(f"|{each}" if each in "|%_" else each for each in word)
