"""How many senders run at once, by how many texts the account may send."""

# One text after the other: a share must leave room for a publish of a quarter of a second.
_TEXTS_PER_SECOND_AND_SENDER = 4
# The least that Lambda takes for a queue.
_FEWEST = 2


def senders_at_once(texts_per_second: int) -> int:
    return max(_FEWEST, texts_per_second // _TEXTS_PER_SECOND_AND_SENDER)
