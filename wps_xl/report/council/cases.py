"""One case of good practice: its place, the panel's decision, and how it is told (paras. 50-54)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.model import CellRef, Paragraph, Sentence, Value
from wps_xl.report.council.blocks import plain, short_name, who
from wps_xl.report.council.counts import name_of
from wps_xl.report.council.sources import return_cell
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.report.editorial.names import country_list, entity_list
from wps_xl.review.columns import codes, headings, text
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.layout import ENTITY, PANEL, PANEL_REASON
from wps_xl.review.office_columns import panel_decision
from wps_xl.review.workbook import Review

SHEET = "Practices"
TITLE_STYLE = "CaseTitle"
TOLD = (
    *("context", "results", "impact", "why_it_worked", "lessons", "gaps"),
    *("womens_organizations", "evidence"),
)
"""What is quoted of a case, in the order in which it is told: what was done, then its results."""
SHOWN = ("title", "kind", "level", "countries", "start", "end", "joint_with", *TOLD)
Row = Mapping[str, Value]


@dataclass(frozen=True)
class Case:
    """One row of sheet Practices: where it stands, its place by area and level, its decision."""

    number: int
    row: Row
    theme: str
    level: str
    decision: str

    @property
    def entity(self) -> str:
        """The code of the entity that submitted it."""
        return text(self.row[ENTITY])

    @property
    def key(self) -> str:
        """What the keys of its paragraphs begin with."""
        return f"{self.entity}.case.{self.number}"

    def title(self, review: Review) -> str:
        """Its title, as the entity wrote it."""
        return text(self.row[headings(review.codebook, SHEET)["title"]])


def cases(review: Review) -> list[Case]:
    """Every case gathered, in the order of the sheet."""
    column = headings(review.codebook, SHEET)
    levels = review.codebook["practice_levels"]
    found = []
    for number, row in review.records(SHEET):
        first = next(iter(codes(row[column["thematic_areas"]])), "")
        own = {**row, column["thematic_areas"]: first}
        theme = theme_of(own, review.codebook, "", column["thematic_areas"])
        level = text(row[column["level"]])
        known = level if level in levels else ""
        found.append(Case(number, row, theme, known, panel_decision(row)))
    return found


def paragraphs(review: Review, wording: Wording, case: Case) -> Iterator[Paragraph]:
    """Title, who submitted it, and each of its texts as the entity wrote it."""
    column = headings(review.codebook, SHEET)
    yield plain(f"{case.key}.title", case.title(review), style_id=TITLE_STYLE)
    yield Paragraph(case.key, (_who(review, wording, case), *_found(review, wording, case)))
    for name in TOLD:
        said = text(case.row[column[name]])
        if said:
            pattern = "case.evidence" if name == "evidence" else "case.quote"
            words = wording.text(pattern, heading=column[name], text=said)
            yield plain(f"{case.key}.{name}", words, style_id="SubPara")


def _who(review: Review, wording: Wording, case: Case) -> Sentence:
    """Who submitted it, at which level, where and when; it carries the cells of the whole case."""
    column = headings(review.codebook, SHEET)
    row = case.row
    partners = [name_of(review.codebook, code) for code in codes(row[column["joint_with"]])]
    places = [
        (review.codebook["countries"].label(code), _has_article(review, code))
        for code in codes(row[column["countries"]])
    ]
    label = _label(review, "practice_levels", row[column["level"]])
    said = wording.text(
        "case.who",
        Who=who(review, case.entity),
        kind=_label(review, "practice_kinds", row[column["kind"]]),
        partners=wording.text("case.partners", list=entity_list(partners)) if partners else "",
        level=label,
        countries=wording.text("case.countries", list=country_list(places)) if places else "",
        period=_period(wording, row[column["start"]], row[column["end"]]),
    )
    cells = tuple(
        review.cell(SHEET, case.number, column[name])
        for name in SHOWN
        if row[column[name]] is not None
    )
    return Sentence(case.key, (said,), (), cells, _origin(review, wording, cells))


def _origin(review: Review, wording: Wording, cells: Sequence[CellRef]) -> str:
    origin = return_cell(review, cells[0]) if cells else None
    return wording.text("case.origin", cell=origin) if origin else ""


def _found(review: Review, wording: Wording, case: Case) -> Iterator[Sentence]:
    """What the panel found, and under which further areas the case falls."""
    column = headings(review.codebook, SHEET)
    themes = review.codebook["thematic_areas"]
    every = [themes.label(code) for code in codes(case.row[column["thematic_areas"]])]
    others = [label for label in every if label != themes.label(case.theme)]
    if others:
        said = wording.text("case.themes", list=style.join(map(style.quote, others)))
        yield Sentence(f"{case.key}.themes", (said,))
    said = wording.text(f"case.panel.{case.decision}", reason=_reason(wording, case))
    yield Sentence(f"{case.key}.panel", (said,), (), decision_cells(review, case))


def _reason(wording: Wording, case: Case) -> str:
    reason = text(case.row.get(PANEL_REASON)).rstrip(".")
    return wording.text("case.reason", reason=reason) if reason else ""


def refusal(review: Review, wording: Wording, case: Case) -> str:
    """A case that the panel found not eligible: its title and the panel's reason."""
    return wording.text(
        "case.refused",
        title=case.title(review),
        entity=short_name(review, case.entity),
        reason=_reason(wording, case),
    )


def decision_cells(review: Review, case: Case, *others: str) -> tuple[CellRef, ...]:
    """The cells of the panel's decision that are filled, behind those of other headings."""
    names = (*others, PANEL, PANEL_REASON)
    return tuple(review.cell(SHEET, case.number, name) for name in names if case.row.get(name))


def _label(review: Review, name: str, value: Value) -> str:
    label = review.codebook[name].label(text(value))
    return label[:1].lower() + label[1:]


def _has_article(review: Review, code: str) -> bool:
    countries = review.codebook["countries"]
    return code in countries and countries[code]["article"] == "yes"


def _period(wording: Wording, start: Value, end: Value) -> str:
    if not isinstance(start, dt.datetime):
        return ""
    if isinstance(end, dt.datetime):
        return wording.text("case.period", period=style.period(start, end))
    return wording.text("case.since", date=style.date(start))
