"""The kinds of rows that the software works with, each with the columns that it knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from wps_xl.records.record import Record
from wps_xl.records.values import alike

CHOSEN, LEFT_OUT = "yes", "no"
ELIGIBLE, NOT_ELIGIBLE, OPEN = "eligible", "not eligible", "open"


class Gathered(Record):
    """A row that an entity reported: whose, from which return, and what the office says of it."""

    entity: str
    book: str
    sheet: str
    row: str
    in_report: str
    our_wording: str
    our_theme: str
    same_activity_as: str

    @property
    def is_chosen(self) -> bool:
        """Whether the office wants the row in the report."""
        return alike(self.in_report) == CHOSEN

    @property
    def is_left_out(self) -> bool:
        """Whether the office wants the row in no document."""
        return alike(self.in_report) == LEFT_OUT


class Activity(Gathered):
    """What an entity did in the review period."""

    sheet_name = "Progress"
    activity_id: str
    area: str
    thematic_area: str
    activity: str
    role: str
    joint_with: tuple[str, ...]
    joint_key: str
    strategy: str
    level: str
    countries: tuple[str, ...]
    start: dt.datetime | None
    end: dt.datetime | None
    initiative_id: str
    objective: str
    unit: str
    other_strategies: tuple[str, ...]
    place: str
    partners: str


class Measure(Gathered):
    """One figure of an activity."""

    sheet_name = "Measures"
    measure_id: str
    activity_id: str
    measure: str
    value: float | None
    unit: str
    numerator: float | None
    denominator: float | None
    percent: float | None
    period_start: dt.datetime | None
    period_end: dt.datetime | None
    amount_usd: float | None
    funding_source: str
    women: float | None
    girls: float | None
    men: float | None
    boys: float | None
    precision: str
    baseline: float | None
    baseline_date: dt.datetime | None
    target: float | None
    target_source: str


class Overview(Gathered):
    """The focus, or a gap, of an entity in an area."""

    sheet_name = "Overview"
    area: str
    thematic_area: str
    focus: str
    challenge: str
    challenge_kind: str
    progress_kinds: tuple[str, ...]
    result_for_women: str
    our_wording_focus: str
    our_wording_challenge: str


class Answer(Gathered):
    """The answer of an entity to a question."""

    sheet_name = "Checklist"
    question: str
    text: str
    answer: str
    evidence: str


class Update(Gathered):
    """The latest value of a result of the plan."""

    sheet_name = "Updates"
    result_id: str
    initiative_id: str
    indicator: str
    unit: str
    baseline: float | None
    target: float | None
    latest: float | None
    latest_date: dt.datetime | None
    rating: str
    note: str


class Initiative(Gathered):
    """An initiative of the plan."""

    sheet_name = "Initiatives"
    initiative_id: str
    title: str
    narrative: str
    thematic_area: str
    strategy: str
    role: str
    joint_with: tuple[str, ...]
    level: str
    countries: tuple[str, ...]
    start: dt.datetime | None
    end: dt.datetime | None
    programme: str
    other_areas: tuple[str, ...]
    other_strategies: tuple[str, ...]
    joint_key: str
    national_plan: str
    status: str
    partners: str


class Result(Gathered):
    """An expected result of an initiative."""

    sheet_name = "Results"
    result_id: str
    initiative_id: str
    expected_accomplishment: str
    contribution: str
    indicator: str
    indicator_type: str
    unit: str
    baseline: float | None
    baseline_date: dt.datetime | None
    no_baseline_reason: str
    target: float | None
    target_date: dt.datetime | None
    output: str


class Resource(Gathered):
    """What an initiative asks for in one year."""

    sheet_name = "Resources"
    initiative_id: str
    year: float | None
    core_usd: float | None
    extrabudgetary_usd: float | None
    estimate: str
    secured: str
    predictability: str


class Practice(Gathered):
    """A good practice or a lesson learned."""

    sheet_name = "Practices"
    practice_id: str
    kind: str
    title: str
    start: dt.datetime | None
    level: str
    countries: tuple[str, ...]
    thematic_areas: tuple[str, ...]
    context: str
    results: str
    impact: str
    why_it_worked: str
    joint_with: tuple[str, ...]
    end: dt.datetime | None
    lessons: str
    gaps: str
    womens_organizations: str
    evidence: str
    panel: str
    panels_reason: str

    @property
    def thematic_area(self) -> str:
        """The thematic area that it belongs to: the first that it names."""
        return next(iter(self.thematic_areas), "")

    @property
    def decision(self) -> str:
        """What the panel found of it (para. 52); open where nothing says so."""
        said = alike(self.panel)
        return said if said in (ELIGIBLE, NOT_ELIGIBLE) else OPEN

    @property
    def is_told(self) -> bool:
        """Whether it is chosen, and the panel has not found it not eligible."""
        return self.is_chosen and self.decision != NOT_ELIGIBLE


GATHERED: Mapping[str, type[Gathered]] = {
    kind.sheet_name: kind for kind in Gathered.__subclasses__()
}
"""The kinds of rows that entities report, by data sheet."""
