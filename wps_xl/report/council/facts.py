"""What sentences may be made of: measures with their figures, and who answered yes to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wps_xl.model import CellRef, Figure
from wps_xl.records import Answer, Measure
from wps_xl.report.council.figures import measure_figures, measure_phrase
from wps_xl.review.workbook import Review

YES = "yes"


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


Answers = Mapping[str, Sequence[tuple[str, CellRef]]]


@dataclass(frozen=True)
class Facts:
    """The facts of one workbook, found once for a whole draft.

    ``measures`` are by entity and number, ``of_activity`` by entity and number of the activity;
    ``answers`` are the entities that answered a question yes, each with the cell of its answer,
    ``asked`` all that answered it at all.
    """

    review: Review
    measures: Mapping[tuple[str, str], Measured]
    of_activity: Mapping[tuple[str, str], Sequence[Measured]]
    answers: Answers
    asked: Answers


def facts(review: Review) -> Facts:
    """Read the facts out of the workbook."""
    measures = {(row.entity, row.measure_id): _measured(row) for row in review.rows(Measure)}
    of_activity: dict[tuple[str, str], list[Measured]] = {}
    for measure in measures.values():
        activity = measure.row.entity, measure.row.activity_id
        of_activity.setdefault(activity, []).append(measure)
    return Facts(review, measures, of_activity, _answers(review, YES), _answers(review))


def _answers(review: Review, only: str = "") -> Answers:
    """Question to the entities that answered it, each with the cell of its answer."""
    found: dict[str, list[tuple[str, CellRef]]] = {}
    for row in review.rows(Answer):
        if row.answer and only in ("", row.answer):
            found.setdefault(row.question, []).append((row.entity, row.cell_of("answer")))
    return found


def _measured(row: Measure) -> Measured:
    figures = measure_figures(row)
    by_column = {figure.id.rpartition(".")[2]: figure for figure in figures}
    return Measured(row, by_column, measure_phrase(row, figures))
