"""Rows above the headings of their sheet, where a table was sorted with its headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from wps_xl.intake.misfit import Misfit
from wps_xl.model import Grid, column_letter
from wps_xl.model.text import squeezed

_LEAST_BETWEEN = 2
# Titles, help and remarks above the codes fill fewer cells than rows of data do.
_LEAST_ABOVE = 3


def rows_above(
    grid: Grid,
    is_heading: Callable[[str], bool],
    positions: Mapping[str, int],
    tops: tuple[int, int],
    needed: int,
) -> Iterator[int]:
    """Rows that look like data above the row of headings, where a table was sorted with it.

    ``tops`` are the rows of codes and of headings. Between them two cells are enough to make a
    row; above both as many as every row must fill.
    """
    for number in range(1, max(tops)):
        cells = [grid.value(number, at) for at in positions.values()]
        said = [value for value in cells if value is not None]
        between = min(tops) and number > min(tops)
        least = _LEAST_BETWEEN if between else max(_LEAST_ABOVE, needed)
        if number in tops or len(said) < least:
            continue
        texts = (squeezed(value) for value in said if isinstance(value, str))
        if 2 * sum(is_heading(text) for text in texts) < len(said):
            yield number


def told_above(
    rows: Sequence[int], code_row: int, heading_row: int, positions: Mapping[str, int]
) -> Iterator[Misfit]:
    """The rows above the headings: the codes tell what stands in those that are below them."""
    letter = column_letter(min(positions.values(), default=1))
    sure = [row for row in rows if 0 < code_row < row]
    if sure:
        cell = f"{letter}{heading_row}"
        yield Misfit("headings-among-rows", cell, other=str(len(sure)), cells=_spans(sure))
    first, *others = [row for row in rows if row not in sure] or [0]
    if first:
        yield Misfit(
            "rows-above-headings",
            f"{letter}{first}",
            row=first,
            other=str(1 + len(others)),
            cells=_spans([first, *others]),
            also=tuple(f"{letter}{row}" for row in others),
        )


def _spans(rows: Sequence[int]) -> str:
    """Rows in words: ``4 to 6``, ``5``."""
    return f"{rows[0]} to {rows[-1]}" if len(rows) > 1 else f"{rows[0]}"
