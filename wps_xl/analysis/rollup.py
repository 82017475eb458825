"""The rows that PivotTables count: labels instead of codes, a joint activity counted once.

Each frame becomes a native table; its index means nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from wps_xl.analysis.aggregation import ONCE, rule_of
from wps_xl.analysis.facts import Facts
from wps_xl.analysis.money import Share, dollars
from wps_xl.codebook import CodeList
from wps_xl.model import Value
from wps_xl.records import Activity, Answer, Initiative
from wps_xl.review.columns import NOT_ASSIGNED, labels, shown
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.layout import BOOK, ENTITY, ROW
from wps_xl.review.workbook import Review

AREA, THEME, STRATEGY = "Area of action", "Thematic area", "Main strategy"
LETTER, COUNTRY, KIND = "Area", "Country", "Reported or planned"
NUMBER, COUNTED = "No.", "Counted once"
SOURCE, PRECISION, YEAR = "Source of funds", "Actual or estimate", "Year"
SECURED, PREDICTABLE, DOLLARS = "Secured", "Predictability", "US dollars"
LIGHT, BASELINE = "Status", "Baseline"
REPORTED, PLANNED = "Activity", "Initiative"
STATED, UNSTATED = "Has a baseline", "No baseline"
# Words, as Excel takes the labels of the list, Yes and No, for truth values.
_SECURED = {"Y": "Secured money", "N": "Not secured"}


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

    @cached_property
    def counts(self) -> Counter[tuple[object, object]]:
        """How many rows count by thematic area and main strategy, blank for all strategies."""
        counts: Counter[tuple[object, object]] = Counter()
        frame = self.frame
        for area, strategy, once in zip(frame[THEME], frame[STRATEGY], frame[COUNTED], strict=True):
            counts[area, strategy] += once
            counts[area, ""] += once
        return counts


@dataclass(frozen=True)
class Rollup:
    """The rows that PivotTables count, made from the facts, each kind once."""

    facts: Facts

    @property
    def review(self) -> Review:
        """The workbook that they are of."""
        return self.facts.review

    def theme(self, code: str) -> str:
        """A thematic area as pivots show it."""
        return shown(self.review.codebook["thematic_areas"], code)

    @cached_property
    def activities(self) -> PivotTable:
        """One row per accepted activity.

        ``Counted once`` is 1 for the row that stands for a joint activity (the lead's, else the
        first in entity order), 0 for its partners' rows.
        """
        book = self.review.codebook
        areas, strategies = book["areas_of_action"], book["strategies"]
        once = rule_of(book, "Progress") == ONCE
        rows = []
        for row in self.review.rows(Activity):
            rows.append(
                (
                    row.entity,
                    row.area if row.area in areas else NOT_ASSIGNED,
                    area_label(areas, row.area),
                    self.theme(self.facts.themes[row.at]),
                    shown(strategies, row.strategy),
                    shown(book["levels"], row.level),
                    row.raw("activity_id"),
                    int(not once or row.at in self.facts.joint_activities.speakers),
                    row.raw("book"),
                    row.raw("row"),
                )
            )
        columns = (ENTITY, LETTER, AREA, THEME, STRATEGY, "Level", NUMBER, COUNTED, BOOK, ROW)
        order = {
            LETTER: [*areas, NOT_ASSIGNED],
            AREA: [*(area_label(areas, code) for code in areas), NOT_ASSIGNED],
            **self._orders(THEME, STRATEGY),
        }
        return self._table("PivotActivities", columns, rows, order)

    @cached_property
    def initiatives(self) -> PivotTable:
        """One row per accepted initiative of the plan; a joint one counts once."""
        book = self.review.codebook
        once = rule_of(book, "Initiatives") == ONCE
        rows = [
            (
                row.entity,
                self.theme(self.facts.planned_themes[row.entity, row.initiative_id]),
                shown(book["strategies"], row.strategy),
                row.raw("initiative_id"),
                int(not once or row.at in self.facts.joint_initiatives.speakers),
            )
            for row in self.review.rows(Initiative)
        ]
        columns = (ENTITY, THEME, STRATEGY, NUMBER, COUNTED)
        return self._table("PivotInitiatives", columns, rows, self._orders(THEME, STRATEGY))

    @cached_property
    def answers(self) -> PivotTable:
        """One row per answered question: entity, question, its area, the answer."""
        book = self.review.codebook
        questions = book["questions"]
        asked = {entry["area"] for entry in questions.entries.values()}
        areas, themes = book["areas_of_action"], book["thematic_areas"]
        rows = []
        for row in self.review.rows(Answer):
            area = questions[row.question]["area"] if row.question in questions else ""
            answer = shown(book["answers"], row.answer)
            place = themes.label(area) if area in themes else area_label(areas, area)
            rows.append((row.entity, row.question, place, answer))
        order = {
            "Question": list(questions),
            AREA: [
                *(area_label(areas, code) for code in areas),
                *(themes.label(code) for code in themes if code in asked),
                NOT_ASSIGNED,
            ],
            "Answer": labels(book["answers"]),
        }
        return self._table("PivotAnswers", (ENTITY, "Question", AREA, "Answer"), rows, order)

    @cached_property
    def reported_money(self) -> PivotTable:
        """One row per measure with an amount; what counts of it."""
        book = self.review.codebook
        once = rule_of(book, "Measures.amount_usd") == ONCE
        rows = [
            (
                item.entity,
                self.theme(self.facts.themes.get(item.activity or 0, "")),
                shown(book["funding_sources"], item.row.funding_source),
                shown(book["precisions"], item.precision),
                dollars(item.cents) if item.counted or not once else 0,
            )
            for item in self.facts.amounts
        ]
        order = {
            **self._orders(THEME),
            SOURCE: labels(book["funding_sources"]),
            "Precision": labels(book["precisions"]),
        }
        columns = (ENTITY, THEME, SOURCE, "Precision", DOLLARS)
        return self._table("PivotAmounts", columns, rows, order)

    @cached_property
    def planned_money(self) -> PivotTable:
        """One row per amount of Resources: source, precision, security, predictability, year."""
        book = self.review.codebook
        rows = [
            (
                share.entity,
                self.theme_of_share(share),
                share.row.raw("year"),
                shown(book["funding_sources"], share.source),
                shown(book["estimate_kinds"], share.row.estimate),
                _SECURED.get(share.row.secured, NOT_ASSIGNED),
                shown(book["predictabilities"], share.row.predictability),
                dollars(share.cents),
            )
            for share in self.facts.shares
        ]
        order = {
            **self._orders(THEME),
            YEAR: (),
            SOURCE: labels(book["funding_sources"]),
            PRECISION: labels(book["estimate_kinds"]),
            SECURED: [*_SECURED.values(), NOT_ASSIGNED],
            PREDICTABLE: labels(book["predictabilities"]),
        }
        columns = (ENTITY, THEME, YEAR, SOURCE, PRECISION, SECURED, PREDICTABLE, DOLLARS)
        return self._table("PivotResources", columns, rows, order)

    def theme_of_share(self, share: Share) -> str:
        """The label of the thematic area that one amount of Resources is planned for."""
        return self.theme(self.facts.planned_themes.get(share.initiative, ""))

    @cached_property
    def indicators(self) -> PivotTable:
        """One row per result of the plan: theme, whether it has a baseline, its light."""
        book = self.review.codebook
        rows = [
            (
                result.entity,
                shown(book["thematic_areas"], result.theme),
                STATED if result.baseline is not None else UNSTATED,
                shown(book["lights"], result.light),
                result.number,
            )
            for result in self.facts.results
        ]
        order = {
            **self._orders(THEME),
            BASELINE: [STATED, UNSTATED],
            LIGHT: [book["lights"].label(code) for code in book["lights"]],
        }
        columns = (ENTITY, THEME, BASELINE, LIGHT, NUMBER)
        return self._table("PivotResults", columns, rows, order)

    @cached_property
    def places(self) -> PivotTable:
        """One row per activity or initiative and country (para. 58 (j)).

        What takes place in three countries stands in three.
        """
        rows = [
            *self._places(Activity, "activity_id", REPORTED),
            *self._places(Initiative, "initiative_id", PLANNED),
        ]
        order = {
            COUNTRY: sorted({str(row[0]) for row in rows}, key=str.casefold),
            **self._orders(THEME, STRATEGY),
            KIND: [REPORTED, PLANNED],
        }
        columns = (COUNTRY, THEME, STRATEGY, KIND, ENTITY, NUMBER)
        return self._table("PivotPlaces", columns, rows, order)

    def _places(
        self,
        sheet: type[Activity] | type[Initiative],
        key: str,
        kind: str,
    ) -> Iterable[tuple[Value, ...]]:
        book = self.review.codebook
        for row in self.review.rows(sheet):
            strategy = shown(book["strategies"], row.strategy)
            theme = self.theme(theme_of(row, book))
            for code in row.countries:
                name = shown(book["countries"], code)
                yield name, theme, strategy, kind, row.entity, row.raw(key)

    def _orders(self, *names: str) -> dict[str, Sequence[str]]:
        lists = {THEME: "thematic_areas", STRATEGY: "strategies"}
        return {name: labels(self.review.codebook[lists[name]]) for name in names}

    def _table(
        self,
        name: str,
        columns: Sequence[str],
        rows: Sequence[tuple[Value, ...]],
        order: Mapping[str, Sequence[str]],
    ) -> PivotTable:
        """The table; entities stand in their order, and only those that have rows."""
        frame = pd.DataFrame(list(rows), columns=pd.Index(columns), dtype=object)
        present = set(frame[ENTITY])
        entities = [code for code in self.review.codebook["entities"] if code in present]
        return PivotTable(name, frame, {ENTITY: entities, **order})


def area_label(areas: CodeList, code: str) -> str:
    """An area of action as pivots show it: letter and title."""
    return f"{code}. {areas.label(code)}" if code in areas else NOT_ASSIGNED
