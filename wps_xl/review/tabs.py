"""The names of the sheets of thematic areas: what Excel takes of a label, and what else has it.

Excel allows 31 characters, none of []:*?/\\, no apostrophe at an end, and no name twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from wps_xl.codebook import Codebook
from wps_xl.errors import InputError
from wps_xl.model.text import shortened

LONGEST = 31
HISTORY = "history"
"""Excel keeps this name for itself."""
THEMES = "thematic_areas"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


def sheet_name(label: str) -> str:
    """The name of a thematic area's sheet: its label, as far as Excel takes it."""
    plain = " ".join(_FORBIDDEN.sub("-", label).split()).strip("'")
    return shortened(plain, LONGEST).strip("' ") or "-"


def refuse_names(codebook: Codebook, ours: Collection[str], staff: Collection[str]) -> None:
    """Refuse labels of thematic areas whose sheet would be that of something else.

    ``ours`` are the other sheets of wps_xl, ``staff`` those that staff made.

    Raises
    ------
    InputError
        With the cell of the label.
    """
    taken = {HISTORY: "a name that Excel keeps for itself"}
    taken |= {name.casefold(): f"the name of sheet {name}" for name in staff}
    taken |= {name.casefold(): f"the name of sheet {name} of wps_xl" for name in ours}
    for at, label, name in _named(codebook):
        other = taken.get(name.casefold())
        if other:
            raise InputError(
                f"{codebook.where(THEMES, at, 'name')}: “{label}” cannot name a sheet, since "
                f"“{name}” is {other}. Word the thematic area differently."
            )
        taken[name.casefold()] = f"the name of the sheet of “{label}”"


def _named(codebook: Codebook) -> Iterator[tuple[int, str, str]]:
    """Row, label and sheet of each thematic area."""
    for at, row in enumerate(codebook.tables[THEMES]):
        yield at, row["name"], sheet_name(row["name"])
