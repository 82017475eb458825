"""Section V: how many good practices were received, and those that were chosen (paras. 50-54)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from wps_xl.model import CellRef, Figure, Paragraph, Section, Sentence, Value
from wps_xl.nouns import plural
from wps_xl.report.council import rows
from wps_xl.report.council.blocks import Fixed, prompt, section
from wps_xl.report.council.facts import Facts
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.review.columns import headings, text
from wps_xl.review.layout import ENTITY, IN_REPORT
from wps_xl.review.office_columns import NOT_ELIGIBLE, is_chosen, panel_decision
from wps_xl.review.register import RECEIVED
from wps_xl.review.workbook import Review

SHEET = "Practices"
LESSON = "lesson learned"
Row = Mapping[str, Value]


def practices(facts: Facts, wording: Wording, fixed: Fixed) -> Section:
    """The count of cases, a sentence for each that was chosen, and what is still to be written."""
    found = facts.review.records(SHEET)
    count = style.cardinal(len(found)) if found else "no"
    blocks = [
        *fixed.get("practices", ()),
        *([received(facts.review, wording, found)] if found else []),
        *_chosen(facts, wording, found),
        *_refused(facts.review, wording, found),
        prompt(wording, "practices", n=count, noun=plural(len(found), "case was", "cases were")),
    ]
    return section(wording, "practices", blocks)


def received(review: Review, wording: Wording, found: Sequence[tuple[int, Row]]) -> Paragraph:
    """How many cases and lessons came from how many entities, and by when (paras. 50, 51)."""
    kind = headings(review.codebook, SHEET)["kind"]
    lessons = [(at, row) for at, row in found if row[kind] == LESSON]
    cases = [(at, row) for at, row in found if row[kind] != LESSON]
    days = [
        (at, row["Received"])
        for at, row in review.records("Register")
        if row["Form"] == "practices"
        and row["Status"] == RECEIVED
        and isinstance(row["Received"], dt.datetime)
    ]
    last = max((day for _, day in days if isinstance(day, dt.datetime)), default=None)
    date = wording.text("practices.by", date=style.date(last)) if last else ""
    days_cells = tuple(review.cell("Register", at, "Received") for at, _ in days)
    told = {"practices.count": cases, "practices.lessons": lessons}
    sentences = [
        _count(review, wording, key, here, date, days_cells) for key, here in told.items() if here
    ]
    return Paragraph("practices.count", tuple(sentences))


def _count(
    review: Review,
    wording: Wording,
    key: str,
    found: Sequence[tuple[int, Row]],
    date: str,
    days: tuple[CellRef, ...],
) -> Sentence:
    """How many of one kind were received, from how many entities."""
    number_of = headings(review.codebook, SHEET)["practice_id"]
    cells = tuple(review.cell(SHEET, at, number_of) for at, _ in found)
    entities = {str(row[ENTITY]) for _, row in found}
    count, owners = style.same_category([len(found), len(entities)])
    opens = count if date else style.opening(len(found), "").strip()
    said = wording.text(
        key,
        date=date,
        n=opens,
        case=plural(len(found), "case", "cases"),
        lesson=plural(len(found), "lesson", "lessons"),
        verb=plural(len(found), "has", "have"),
        m=owners,
        noun=plural(len(entities), "entity", "entities"),
    )
    figures = (
        Figure(key, len(found), opens, cells),
        Figure(
            f"{key.partition('.')[0]}.entities.{key.rpartition('.')[2]}",
            len(entities),
            owners,
            cells,
        ),
    )
    return Sentence(key, (style.capital(said),), figures, (*cells, *days))


def _chosen(
    facts: Facts, wording: Wording, found: Sequence[tuple[int, Row]]
) -> Iterator[Paragraph]:
    column = headings(facts.review.codebook, "Practices")["thematic_areas"]
    themes = [*facts.review.codebook["thematic_areas"], ""]
    for theme in themes:
        told = [
            practice_sentence(facts, wording, number, row)
            for number, row in found
            if is_told(row) and _first(row[column], themes) == theme
        ]
        if told:
            yield Paragraph(f"practices.{theme}", tuple(told))


def is_told(row: Row) -> bool:
    """Whether a case is chosen, and the panel has not found it not eligible (para. 52)."""
    return is_chosen(row) and panel_decision(row) != NOT_ELIGIBLE


def _refused(
    review: Review, wording: Wording, found: Sequence[tuple[int, Row]]
) -> Iterator[Paragraph]:
    """Cases that are chosen although the panel found them not eligible, for the drafter."""
    cells = [
        f"{row[ENTITY]} “{text(row[headings(review.codebook, SHEET)['title']])}”, "
        f"{review.cell(SHEET, at, IN_REPORT)}"
        for at, row in found
        if is_chosen(row) and not is_told(row)
    ]
    if cells:
        yield prompt(wording, "practices.refused", stops=True, list="; ".join(cells))


def _first(value: Value, themes: Sequence[str]) -> str:
    code = text(value).partition(";")[0].strip()
    return code if code in themes else ""


def practice_sentence(facts: Facts, wording: Wording, number: int, row: Row) -> Sentence:
    """What the draft says of one case: the office's words, else the entity's description."""
    columns = ("practice_id", "title", "context")
    return rows.titled_sentence(facts, wording, "Practices", number, row, columns, "practice")
