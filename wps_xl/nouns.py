"""Numbers before nouns, as people read them: 1 row, 2 rows, 1,045 rows."""


def plural(number: int, one: str, many: str) -> str:
    """The noun after a number."""
    return one if number == 1 else many


def counted(number: int, one: str, many: str = "") -> str:
    """The number and its noun; ``many`` where the plural is more than an s."""
    return f"{number:,} {plural(number, one, many or f'{one}s')}"
