"""Entities of sheet Lists against those of sheet Register: either may be changed alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wps_xl.codebook import shipped
from wps_xl.codebook.list_rows import Cells
from wps_xl.nouns import counted, plural
from wps_xl.records import RegisterLine
from wps_xl.review.workbook import Review

ENTITIES, BODY = "entities", "body"
SHOWN = 10


def differences(review: Review) -> Iterator[str]:
    """What to say of entities that no line of the Register has, and of those put back on Lists."""
    unasked = list(_without_line(review))
    if unasked:
        few = len(unasked) == 1
        yield (
            f"{counted(len(unasked), 'entity', 'entities')} of sheet Lists "
            f"{plural(len(unasked), 'has', 'have')} no line on sheet Register and "
            f"{plural(len(unasked), 'gets', 'get')} no form: {_named(unasked)}. To ask "
            f"{'it' if few else 'them'}, add a line for each form on sheet Register."
        )
    back = list(_put_back(review))
    if back:
        yield (
            f"Put back on sheet Lists, list {ENTITIES}, since sheet Register names "
            f"{plural(len(back), 'it', 'them')}: {_named(back)}. Take "
            f"{plural(len(back), 'its', 'their')} lines off the Register where none is asked, or "
            "complete the list."
        )


def _without_line(review: Review) -> Iterator[str]:
    lines = {line.entity for line in review.rows(RegisterLine)}
    package = shipped()
    invited = {row["entity"] for row in package.tables["invitations"]}
    # Those that the shipped list has for their names alone were never asked.
    named = {code for code in package[ENTITIES] if code not in invited}
    entities = review.codebook[ENTITIES]
    asked = (code for code in entities if entities[code]["kind"] != BODY and code not in named)
    return (code for code in asked if code not in lines)


def _put_back(review: Review) -> Iterator[str]:
    """The entities that stand in no cell of sheet Lists; the reader took them from the Register."""
    standing = review.codebook.places.get(ENTITIES)
    if isinstance(standing, Cells):
        rows = review.codebook.tables[ENTITIES]
        pairs = zip(rows, standing.cells, strict=True)
        yield from (row["code"] for row, cells in pairs if not cells)


def _named(codes: Sequence[str]) -> str:
    more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
    return f"{', '.join(codes[:SHOWN])}{more}"
