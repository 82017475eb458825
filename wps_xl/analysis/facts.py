"""What the accepted rows say together, found once: pivot sheets and documents both ask it.

A joint activity counts once (S/2007/567, para. 43); everything leads to the cells it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from wps_xl.analysis.indicators import Result, results
from wps_xl.analysis.joint import Joint, joint
from wps_xl.analysis.money import Amount, Share, amounts, shares
from wps_xl.analysis.overlaps import Likeness, likenesses
from wps_xl.model import CellRef
from wps_xl.records import Activity, Answer, Initiative
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.workbook import Review

YES = "yes"
Answers = Mapping[str, Sequence[tuple[str, CellRef]]]
"""Question to the entities that answered it, each with the cell of its answer."""


@dataclass(frozen=True)
class Facts:
    """The facts of one review workbook, each found when it is first asked for."""

    review: Review

    @cached_property
    def joint_activities(self) -> Joint:
        """Which rows of Progress are one activity."""
        return joint(self.review, "Progress")

    @cached_property
    def joint_initiatives(self) -> Joint:
        """Which rows of Initiatives are one initiative."""
        return joint(self.review, "Initiatives")

    @cached_property
    def likenesses(self) -> list[Likeness]:
        """Rows that look like one joint activity, to be decided by the office."""
        return likenesses(self.review, self.joint_activities)

    @cached_property
    def amounts(self) -> list[Amount]:
        """The amounts reported with activities."""
        return amounts(self.review, self.joint_activities)

    @cached_property
    def shares(self) -> list[Share]:
        """The amounts planned."""
        return shares(self.review)

    @cached_property
    def results(self) -> list[Result]:
        """The results of the plan."""
        return results(self.review, self.joint_initiatives)

    @cached_property
    def themes(self) -> Mapping[int, str]:
        """Row of Progress to the code of its thematic area, blank where nothing assigns it."""
        codebook = self.review.codebook
        return {row.at: theme_of(row, codebook) for row in self.review.rows(Activity)}

    @cached_property
    def planned_themes(self) -> Mapping[tuple[str, str], str]:
        """Entity and number of an initiative to the code of its thematic area."""
        return {
            (row.entity, row.initiative_id): theme_of(row, self.review.codebook)
            for row in self.review.rows(Initiative)
        }

    @cached_property
    def answers(self) -> Answers:
        """Who answered a question yes."""
        return self._answered(YES)

    @cached_property
    def asked(self) -> Answers:
        """Who answered a question at all."""
        return self._answered()

    def _answered(self, only: str = "") -> Answers:
        found: dict[str, list[tuple[str, CellRef]]] = {}
        for row in self.review.rows(Answer):
            if row.answer and only in ("", row.answer):
                found.setdefault(row.question, []).append((row.entity, row.cell_of("answer")))
        return found
