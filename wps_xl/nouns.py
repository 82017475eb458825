"""Numbers before nouns, as people read them: 1 row, 2 rows, 1,045 rows."""

from collections.abc import Sequence


def plural(number: int, one: str, many: str) -> str:
    """The noun after a number."""
    return one if number == 1 else many


def counted(number: int, one: str, many: str = "") -> str:
    """The number and its noun; ``many`` where the plural is more than an s."""
    return f"{number:,} {plural(number, one, many or f'{one}s')}"


def some(names: Sequence[str], named: int = 5) -> str:
    """The first of several names, and how many more there are."""
    more = f" and {counted(len(names) - named, 'more', 'more')}" if len(names) > named else ""
    return f"{', '.join(names[:named])}{more}"
