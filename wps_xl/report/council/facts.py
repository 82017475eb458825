"""What sentences may be made of: measures with their figures, and who answered yes to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wps_xl.model import CellRef, Figure, Value
from wps_xl.report.council.figures import measure_figures, measure_phrase
from wps_xl.review.columns import headings
from wps_xl.review.layout import ENTITY
from wps_xl.review.office_columns import is_chosen
from wps_xl.review.workbook import Review

Row = Mapping[str, Value]
YES = "yes"


@dataclass(frozen=True)
class Measure:
    """One accepted row of sheet Measures: its figures by column, and how it is said in a list."""

    number: int
    entity: str
    name: str
    activity: str
    row: Row
    figures: Mapping[str, Figure]
    phrase: str
    chosen: bool

    @property
    def key(self) -> str:
        """What the ids of its figures begin with."""
        return f"{self.entity}.{self.name}"


Answers = Mapping[str, Sequence[tuple[str, CellRef]]]


@dataclass(frozen=True)
class Facts:
    """The facts of one workbook, found once for a whole draft.

    ``measures`` are by entity and number, ``of_activity`` by entity and number of the activity;
    ``answers`` are the entities that answered a question yes, each with the cell of its answer,
    ``asked`` all that answered it at all.
    """

    review: Review
    measures: Mapping[tuple[str, str], Measure]
    of_activity: Mapping[tuple[str, str], Sequence[Measure]]
    answers: Answers
    asked: Answers


def facts(review: Review) -> Facts:
    """Read the facts out of the workbook."""
    measures = {(measure.entity, measure.name): measure for measure in _measures(review)}
    of_activity: dict[tuple[str, str], list[Measure]] = {}
    for measure in measures.values():
        of_activity.setdefault((measure.entity, measure.activity), []).append(measure)
    return Facts(review, measures, of_activity, _answers(review, YES), _answers(review))


def _answers(review: Review, only: str = "") -> Answers:
    """Question to the entities that answered it, each with the cell of its answer."""
    heading = headings(review.codebook, "Checklist")
    found: dict[str, list[tuple[str, CellRef]]] = {}
    for number, row in review.records("Checklist"):
        if row[heading["answer"]] and only in ("", row[heading["answer"]]):
            cell = review.cell("Checklist", number, heading["answer"])
            asked = str(row[heading["question"]])
            found.setdefault(asked, []).append((str(row[ENTITY]), cell))
    return found


def _measures(review: Review) -> list[Measure]:
    heading = headings(review.codebook, "Measures")
    found = []
    for number, row in review.records("Measures"):
        figures = measure_figures(review, number, row, heading)
        found.append(
            Measure(
                number=number,
                entity=str(row[ENTITY]),
                name=str(row[heading["measure_id"]]),
                activity=str(row[heading["activity_id"]]),
                row=row,
                figures={figure.id.rpartition(".")[2]: figure for figure in figures},
                phrase=measure_phrase(row, figures, heading),
                chosen=is_chosen(row),
            )
        )
    return found
