"""What sentences may be made of: the facts of the workbook, and its measures with their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from wps_xl.analysis.facts import Facts
from wps_xl.model import Figure
from wps_xl.records import Measure
from wps_xl.report.council.figures import measure_figures, measure_phrase


@dataclass(frozen=True)
class Measured:
    """One accepted row of sheet Measures: its figures by column, and how it is said in a list."""

    row: Measure
    figures: Mapping[str, Figure]
    phrase: str

    @property
    def key(self) -> str:
        """What the ids of its figures begin with."""
        return f"{self.row.entity}.{self.row.measure_id}"


@dataclass(frozen=True)
class DraftFacts(Facts):
    """The facts, and figures as a draft prints them."""

    @cached_property
    def measures(self) -> Mapping[tuple[str, str], Measured]:
        """Entity and number of a measure to its figures."""
        rows = self.review.rows(Measure)
        return {(row.entity, row.measure_id): _measured(row) for row in rows}

    @cached_property
    def of_activity(self) -> Mapping[tuple[str, str], Sequence[Measured]]:
        """Entity and number of an activity to its measures."""
        found: dict[tuple[str, str], list[Measured]] = {}
        for measure in self.measures.values():
            activity = measure.row.entity, measure.row.activity_id
            found.setdefault(activity, []).append(measure)
        return found


def _measured(row: Measure) -> Measured:
    figures = measure_figures(row)
    by_column = {figure.id.rpartition(".")[2]: figure for figure in figures}
    return Measured(row, by_column, measure_phrase(row, figures))
