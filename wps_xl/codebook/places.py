"""Where a question is asked: in an area of action, in a thematic area, or in neither."""

from __future__ import annotations

import re

from wps_xl.codebook.loader import Codebook

_OPENING = re.compile(r"(?<!\d)0$")


def title_of(codebook: Codebook, place: str) -> str:
    """The title of an area of action or of a thematic area; blank for neither."""
    lists = (codebook["areas_of_action"], codebook["thematic_areas"])
    return next((one.label(place) for one in lists if place in one), "")


def theme_of(codebook: Codebook, place: str) -> str:
    """The thematic area that an area of action, or a thematic area itself, falls under."""
    return place if place in codebook["thematic_areas"] else codebook.main_theme(place)


def opens(question: str) -> bool:
    """Whether a question opens its area: the number at its end is 0."""
    return _OPENING.search(question) is not None
