"""From 12 areas of action to five thematic areas (S/2007/567, para. 40)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from wps_xl.codebook import Codebook
from wps_xl.records.kinds import Gathered


def theme_of(row: Gathered, codebook: Codebook) -> str:
    """The thematic area of a row: the office's, else its own, else the crosswalk's main; blank
    where nothing assigns it."""
    own = getattr(row, "thematic_area", "")
    for said in (row.our_theme, own):
        code = codebook["thematic_areas"].find(said)
        if code:
            return code
    return main_themes(codebook).get(getattr(row, "area", ""), "")


@lru_cache(maxsize=16)
def main_themes(codebook: Codebook) -> Mapping[str, str]:
    """Area of action to its main thematic area."""
    rows = codebook.tables["crosswalk"]
    return {row["area"]: row["theme"] for row in reversed(rows) if row["main"] == "yes"}
