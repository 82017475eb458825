"""Gaps: areas in an entity's mandate with nothing reported or planned (paras. 8, 43)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wps_xl.codebook import places
from wps_xl.records import Activity, Answer, Initiative
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.workbook import Review

YES, NOT_OURS = "yes", "not in mandate"


@dataclass(frozen=True)
class Coverage:
    """What one entity covers, in codes of areas of action and of thematic areas.

    An area is in its mandate unless all questions of it are answered "not in our mandate".
    ``silent`` are areas in the mandate with no row, ``claimed`` those of them with an answer
    "yes". ``unplanned`` are thematic areas in the mandate without an initiative; they are named
    only where the entity has sent an action plan.
    """

    entity: str
    reported: tuple[str, ...]
    silent: tuple[str, ...]
    claimed: tuple[str, ...]
    outside: tuple[str, ...]
    planned: tuple[str, ...]
    unplanned: tuple[str, ...]


def coverage(review: Review) -> list[Coverage]:
    """One line for each entity that answered questions or reported anything, in entity order."""
    asked = _answers(review)
    areas = _reported(review)
    themes = _planned(review)
    rank = review.codebook["entities"].rank
    entities = sorted({*asked, *areas, *themes}, key=lambda code: (rank(code), code))
    return [
        _line(review, code, asked.get(code, {}), areas.get(code, set()), themes.get(code, set()))
        for code in entities
    ]


def _line(
    review: Review,
    entity: str,
    answers: Mapping[str, Sequence[str]],
    reported: set[str],
    planned: set[str],
) -> Coverage:
    areas = list(review.codebook["areas_of_action"])
    mandate = {a for a, said in answers.items() if any(one != NOT_OURS for one in said)}
    themes = {places.theme_of(review.codebook, place) for place in mandate} if planned else set()
    silent = [area for area in areas if area in mandate - reported]
    return Coverage(
        entity=entity,
        reported=tuple(area for area in areas if area in reported),
        silent=tuple(silent),
        claimed=tuple(area for area in silent if YES in answers[area]),
        outside=tuple(area for area in areas if area in answers and area not in mandate),
        planned=tuple(code for code in review.codebook["thematic_areas"] if code in planned),
        unplanned=tuple(c for c in review.codebook["thematic_areas"] if c in themes - planned),
    )


def _answers(review: Review) -> dict[str, dict[str, list[str]]]:
    """Entity, area of action, and what was answered to the questions of it."""
    questions = review.codebook["questions"]
    found: dict[str, dict[str, list[str]]] = {}
    for row in review.rows(Answer):
        if row.answer and row.question in questions and questions[row.question]["area"]:
            by_area = found.setdefault(row.entity, {})
            by_area.setdefault(questions[row.question]["area"], []).append(row.answer)
    return found


def _reported(review: Review) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in review.rows(Activity):
        found.setdefault(row.entity, set()).add(row.area)
    return found


def _planned(review: Review) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in review.rows(Initiative):
        found.setdefault(row.entity, set()).add(theme_of(row, review.codebook))
    return found
