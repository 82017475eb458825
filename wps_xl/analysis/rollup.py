"""The rows that PivotTables count: labels instead of codes, a joint activity counted once.

Each frame becomes a native table; its index means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from wps_xl.analysis.crosswalk import NOT_ASSIGNED, theme_of
from wps_xl.analysis.layout import BOOK, ENTITY, ROW, SAME_AS
from wps_xl.analysis.review import Review
from wps_xl.codebook import CodeList
from wps_xl.forms.definitions import FormSheet, data_sheets
from wps_xl.model import Value

AREA, THEME, STRATEGY = "Area of action", "Thematic area", "Main strategy"
LETTER = "Area"
NUMBER, COUNTED, LEAD = "No.", "Counted once", "lead"


@dataclass(frozen=True)
class PivotTable:
    """Rows for pivots: the native table's name, its frame, and the order of its items."""

    name: str
    frame: pd.DataFrame
    order: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def axes(self) -> list[str]:
        """The columns that pivots show as rows, columns or filters."""
        return list(self.order)


def activities(review: Review) -> PivotTable:
    """One row per accepted activity: entity, area, theme, strategy, level, and whether it counts.

    ``Counted once`` is 1 for the row that stands for a joint activity (the lead's, else the first
    in entity order), 0 for its partners' rows.
    """
    sheet = _sheet(review, "Progress")
    heading = {code: column.heading for code, column in sheet.columns.items()}
    first = _representatives(review, heading)
    rows = []
    for number, row in review.records("Progress"):
        codebook = review.codebook
        area = str(row[heading["area"]] or "")
        theme = theme_of(row, codebook, heading["area"], heading["thematic_area"])
        rows.append(
            {
                ENTITY: row[ENTITY],
                LETTER: area or NOT_ASSIGNED,
                AREA: area_label(codebook["areas_of_action"], area),
                THEME: _label(codebook["thematic_areas"], theme),
                STRATEGY: _label(codebook["strategies"], row[heading["strategy"]]),
                "Level": _label(codebook["levels"], row[heading["level"]]),
                "Role": _label(codebook["roles"], row[heading["role"]]),
                NUMBER: row[heading["activity_id"]],
                COUNTED: int(number in first),
                BOOK: row[BOOK],
                ROW: row[ROW],
            }
        )
    order = {
        ENTITY: list(review.codebook["entities"]),
        LETTER: [*review.codebook["areas_of_action"], NOT_ASSIGNED],
        AREA: [
            area_label(review.codebook["areas_of_action"], code)
            for code in review.codebook["areas_of_action"]
        ],
        THEME: [*_labels(review.codebook["thematic_areas"]), NOT_ASSIGNED],
        STRATEGY: [*_labels(review.codebook["strategies"]), NOT_ASSIGNED],
    }
    columns = [ENTITY, LETTER, AREA, THEME, STRATEGY, "Level", "Role", NUMBER, COUNTED, BOOK, ROW]
    return PivotTable("PivotActivities", pd.DataFrame(rows, columns=pd.Index(columns)), order)


def initiatives(review: Review) -> PivotTable:
    """One row per accepted initiative of the plan: entity, theme, strategy."""
    sheet = _sheet(review, "Initiatives")
    heading = {code: column.heading for code, column in sheet.columns.items()}
    rows = [
        {
            ENTITY: row[ENTITY],
            THEME: _label(
                review.codebook["thematic_areas"],
                theme_of(row, review.codebook, "", heading["thematic_area"]),
            ),
            STRATEGY: _label(review.codebook["strategies"], row[heading["strategy"]]),
            NUMBER: row[heading["initiative_id"]],
        }
        for _, row in review.records("Initiatives")
    ]
    order = {
        ENTITY: list(review.codebook["entities"]),
        THEME: [*_labels(review.codebook["thematic_areas"]), NOT_ASSIGNED],
        STRATEGY: [*_labels(review.codebook["strategies"]), NOT_ASSIGNED],
    }
    columns = [ENTITY, THEME, STRATEGY, NUMBER]
    return PivotTable("PivotInitiatives", pd.DataFrame(rows, columns=pd.Index(columns)), order)


def answers(review: Review) -> PivotTable:
    """One row per answered question: entity, question, its area, the answer."""
    sheet = _sheet(review, "Checklist")
    heading = {code: column.heading for code, column in sheet.columns.items()}
    questions, areas = review.codebook["questions"], review.codebook["areas_of_action"]
    rows = []
    for _, row in review.records("Checklist"):
        code = str(row[heading["question"]])
        area = questions[code]["area"] if code in questions else ""
        rows.append(
            {
                ENTITY: row[ENTITY],
                "Question": code,
                AREA: area_label(areas, area),
                "Answer": _label(review.codebook["answers"], row[heading["answer"]]),
            }
        )
    order = {
        ENTITY: list(review.codebook["entities"]),
        "Question": list(questions),
        AREA: [area_label(areas, code) for code in areas],
        "Answer": _labels(review.codebook["answers"]),
    }
    columns = [ENTITY, "Question", AREA, "Answer"]
    return PivotTable("PivotAnswers", pd.DataFrame(rows, columns=pd.Index(columns)), order)


def amounts(review: Review) -> PivotTable:
    """One row per accepted measure with an amount: entity, source of funds, US dollars."""
    sheet = _sheet(review, "Measures")
    heading = {code: column.heading for code, column in sheet.columns.items()}
    rows = [
        {
            ENTITY: row[ENTITY],
            "Source of funds": _label(
                review.codebook["funding_sources"], row[heading["funding_source"]]
            ),
            "US dollars": row[heading["amount_usd"]],
        }
        for _, row in review.records("Measures")
        if row[heading["amount_usd"]] is not None
    ]
    order = {
        ENTITY: list(review.codebook["entities"]),
        "Source of funds": [*_labels(review.codebook["funding_sources"]), NOT_ASSIGNED],
    }
    columns = [ENTITY, "Source of funds", "US dollars"]
    return PivotTable("PivotAmounts", pd.DataFrame(rows, columns=pd.Index(columns)), order)


def places(review: Review) -> PivotTable:
    """One row per activity and country (para. 58 (j)); an activity in three stands in three."""
    sheet = _sheet(review, "Progress")
    heading = {code: column.heading for code, column in sheet.columns.items()}
    countries, themes = review.codebook["countries"], review.codebook["thematic_areas"]
    rows = [
        {
            "Country": countries.label(code),
            THEME: _label(
                themes, theme_of(row, review.codebook, heading["area"], heading["thematic_area"])
            ),
            ENTITY: row[ENTITY],
            NUMBER: row[heading["activity_id"]],
        }
        for _, row in review.records("Progress")
        for code in _codes(row[heading["countries"]])
    ]
    order = {
        "Country": sorted({str(row["Country"]) for row in rows}, key=str.casefold),
        THEME: [*_labels(themes), NOT_ASSIGNED],
        ENTITY: list(review.codebook["entities"]),
    }
    columns = ["Country", THEME, ENTITY, NUMBER]
    return PivotTable("PivotPlaces", pd.DataFrame(rows, columns=pd.Index(columns)), order)


def joint_groups(review: Review, heading: Mapping[str, str]) -> dict[int, str]:
    """Row of sheet Progress to the joint activity it belongs to: its own name, or a link."""
    named: dict[tuple[str, str], str] = {}
    groups: dict[int, str] = {}
    records = review.records("Progress")
    for number, row in records:
        own = f"{row[ENTITY]}:{row[heading['activity_id']]}"
        key = str(row[heading["joint_key"]] or own)
        groups[number] = key
        named[(str(row[ENTITY]), str(row[heading["activity_id"]]))] = key
    for number, row in records:
        entity, _, activity = str(row.get(SAME_AS) or "").partition(":")
        groups[number] = named.get((entity.strip(), activity.strip()), groups[number])
    return groups


def _representatives(review: Review, heading: Mapping[str, str]) -> set[int]:
    members: dict[str, list[tuple[bool, int]]] = {}
    groups = joint_groups(review, heading)
    for number, row in review.records("Progress"):
        rank = (row[heading["role"]] != LEAD, number)
        members.setdefault(groups[number], []).append(rank)
    return {min(group)[1] for group in members.values()}


def area_label(areas: CodeList, code: str) -> str:
    """An area of action as pivots show it: letter and title."""
    return f"{code}. {areas.label(code)}" if code in areas else NOT_ASSIGNED


def _label(codes: CodeList, value: Value) -> str:
    code = str(value or "")
    return codes.label(code) if code else NOT_ASSIGNED


def _labels(codes: CodeList) -> list[str]:
    return [codes.label(code) for code in codes]


def _codes(value: Value) -> Iterator[str]:
    yield from (part.strip() for part in str(value or "").split(";") if part.strip())


def _sheet(review: Review, name: str) -> FormSheet:
    return next(sheet for sheet in data_sheets(review.codebook) if sheet.name == name)
