"""One case of good practice: its place, the panel's decision, and how it is told (paras. 50-54)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wps_xl.model import CellRef, Paragraph, Sentence
from wps_xl.records import Practice, text
from wps_xl.report.council.blocks import plain, short_name, who
from wps_xl.report.council.counts import name_of
from wps_xl.report.council.sources import return_cell
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.report.editorial.names import country_list, entity_list
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.workbook import Review

TITLE_STYLE = "CaseTitle"
TOLD = (
    *("context", "results", "impact", "why_it_worked", "lessons", "gaps"),
    *("womens_organizations", "evidence"),
)
"""What is quoted of a case, in the order in which it is told: what was done, then its results."""
SHOWN = ("title", "kind", "level", "countries", "start", "end", "joint_with", *TOLD)


@dataclass(frozen=True)
class Case:
    """One row of sheet Practices, and its place by area and level."""

    row: Practice
    theme: str
    level: str

    @property
    def key(self) -> str:
        """What the keys of its paragraphs begin with."""
        return f"{self.row.entity}.case.{self.row.at}"


def cases(review: Review) -> list[Case]:
    """Every case gathered, in the order of the sheet."""
    levels = review.codebook["practice_levels"]
    return [
        Case(row, theme_of(row, review.codebook), row.level if row.level in levels else "")
        for row in review.rows(Practice)
    ]


def paragraphs(review: Review, wording: Wording, case: Case) -> Iterator[Paragraph]:
    """Title, who submitted it, and each of its texts as the entity wrote it."""
    row = case.row
    yield plain(f"{case.key}.title", row.title, style_id=TITLE_STYLE)
    yield Paragraph(case.key, (_who(review, wording, case), *_found(review, wording, case)))
    for name in TOLD:
        said = text(row.raw(name))
        if said:
            pattern = "case.evidence" if name == "evidence" else "case.quote"
            words = wording.text(pattern, heading=row.heading_of(name), text=said)
            yield plain(f"{case.key}.{name}", words, style_id="SubPara")


def _who(review: Review, wording: Wording, case: Case) -> Sentence:
    """Who submitted it, at which level, where and when; it carries the cells of the whole case."""
    row = case.row
    partners = [name_of(review.codebook, code) for code in row.joint_with]
    places = [
        (review.codebook["countries"].label(code), _has_article(review, code))
        for code in row.countries
    ]
    label = _label(review, "practice_levels", row.level)
    said = wording.text(
        "case.who",
        Who=who(review, row.entity),
        kind=_label(review, "practice_kinds", row.kind),
        partners=wording.text("case.partners", list=entity_list(partners)) if partners else "",
        level=label,
        countries=wording.text("case.countries", list=country_list(places)) if places else "",
        period=_period(wording, row.start, row.end),
    )
    cells = tuple(row.cell_of(name) for name in SHOWN if row.raw(name) is not None)
    return Sentence(case.key, (said,), (), cells, _origin(review, wording, cells))


def _origin(review: Review, wording: Wording, cells: Sequence[CellRef]) -> str:
    origin = return_cell(review, cells[0]) if cells else None
    return wording.text("case.origin", cell=origin) if origin else ""


def _found(review: Review, wording: Wording, case: Case) -> Iterator[Sentence]:
    """What the panel found, and under which further areas the case falls."""
    themes = review.codebook["thematic_areas"]
    every = [themes.label(code) for code in case.row.thematic_areas]
    others = [label for label in every if label != themes.label(case.theme)]
    if others:
        said = wording.text("case.themes", list=style.join(map(style.quote, others)))
        yield Sentence(f"{case.key}.themes", (said,))
    said = wording.text(f"case.panel.{case.row.decision}", reason=_reason(wording, case))
    yield Sentence(f"{case.key}.panel", (said,), (), decision_cells(case))


def _reason(wording: Wording, case: Case) -> str:
    reason = case.row.panels_reason.rstrip(".")
    return wording.text("case.reason", reason=reason) if reason else ""


def refusal(review: Review, wording: Wording, case: Case) -> str:
    """A case that the panel found not eligible: its title and the panel's reason."""
    return wording.text(
        "case.refused",
        title=case.row.title,
        entity=short_name(review, case.row.entity),
        reason=_reason(wording, case),
    )


def decision_cells(case: Case, *others: str) -> tuple[CellRef, ...]:
    """The cells of the panel's decision that are filled, behind those of other columns."""
    names = (*others, "panel", "panels_reason")
    return tuple(case.row.cell_of(name) for name in names if case.row.raw(name))


def _label(review: Review, name: str, code: str) -> str:
    label = review.codebook[name].label(code)
    return label[:1].lower() + label[1:]


def _has_article(review: Review, code: str) -> bool:
    countries = review.codebook["countries"]
    return code in countries and countries[code]["article"] == "yes"


def _period(wording: Wording, start: dt.datetime | None, end: dt.datetime | None) -> str:
    if start is None:
        return ""
    if end is not None:
        return wording.text("case.period", period=style.period(start, end))
    return wording.text("case.since", date=style.date(start))
