"""What staff type into the Register: entities that no list has, and names in the place of codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from wps_xl.codebook import Codebook
from wps_xl.model import Value

ENTITY_KIND, WITHDRAWN = "entity", "withdrawn"
COLUMNS = {"Entity": "entities", "Form": "forms", "Takes part": "invitation_kinds"}
Values = Mapping[str, str]
Cells = Mapping[str, str]
"""Column to the cell of the Register that holds it."""


def with_typed(entities: Sequence[Values], named: Iterable[str]) -> list[Values]:
    """The list of entities, and behind it those that only the Register names.

    They are asked, reminded and counted like any other, under the name that was typed, until the
    list says more of them.
    """
    known = {
        text.casefold() for row in entities for text in (row["code"], row["name"], row["short"])
    }
    found: dict[str, Values] = {}
    for name in named:
        if name.casefold() not in known | set(found):
            found[name.casefold()] = {
                **dict.fromkeys(entities[0] if entities else ("code",), ""),
                "code": name,
                "name": name,
                "short": "",
                "kind": ENTITY_KIND,
            }
    return [*entities, *found.values()]


def invitations(
    found: Iterable[tuple[Values, Cells]], tables: Mapping[str, Sequence[Values]]
) -> list[tuple[Values, Cells]]:
    """Who takes part and how, by their codes, each with the cells that say so.

    An entity stands once, as its first line says whose return is not withdrawn, whatever name it
    has there; a line that says how in a word that is none of ours comes first, so as to be told.
    """
    kinds = [row for row in tables["choices"] if row["list"] == COLUMNS["Takes part"]]
    codes = {row["code"] for row in kinds}
    made: dict[str, tuple[Values, Cells]] = {}
    strange: dict[str, tuple[Values, Cells]] = {}
    for row, cells in found:
        entity = _named(tables["entities"], ("code", "name", "short"), row["entity"])
        how = _named(kinds, ("code", "label"), row["how"])
        line = {**row, "entity": entity, "how": how}
        if how not in codes:
            strange.setdefault(entity, (line, cells))
        elif entity not in made or made[entity][0]["how"] == WITHDRAWN:
            made[entity] = line, cells
    return list({**made, **strange}.values())


def _named(rows: Iterable[Values], columns: Sequence[str], text: str) -> str:
    """The code of the row that is called so, whatever the case; the text where there is none."""
    called = text.casefold()
    return next(
        (row["code"] for row in rows if called in (row[name].casefold() for name in columns)), text
    )


def as_codes(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The Register with codes where staff typed a name, a label, or a code in another case."""
    made = frame.copy()
    for heading, name in COLUMNS.items():
        if heading in made.columns:
            made[heading] = pd.Series(
                [_code(value, codebook, name) for value in made[heading].tolist()],
                index=made.index,
                dtype=object,
            )
    return made


def _code(value: Value, codebook: Codebook, name: str) -> Value:
    if not isinstance(value, str):
        return value
    return codebook[name].find(value.strip()) or value
