"""From 12 areas of action to five thematic areas (S/2007/567, para. 40; contract 8.3)."""

from __future__ import annotations

from collections.abc import Mapping

from wps_xl.analysis.layout import OUR_THEME
from wps_xl.codebook import Codebook
from wps_xl.model import Value

NOT_ASSIGNED = "Not assigned"


def theme_of(row: Mapping[str, Value], codebook: Codebook, area: str, theme: str) -> str:
    """The thematic area of one row: the office's, else the row's own, else the crosswalk's main.

    ``area`` and ``theme`` are the headings under which the row states its own. Blank where
    nothing assigns it.
    """
    for heading in (OUR_THEME, theme):
        code = codebook["thematic_areas"].find(str(row.get(heading) or ""))
        if code:
            return code
    return codebook.main_theme(str(row.get(area) or ""))
