"""Section V: how many good practices were received, and those that were chosen (paras. 50-54)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wps_xl.model import CellRef, Figure, Paragraph, Section, Sentence
from wps_xl.nouns import plural
from wps_xl.records import Practice, RegisterLine
from wps_xl.report.council import rows
from wps_xl.report.council.blocks import Fixed, prompt, section
from wps_xl.report.council.facts import DraftFacts
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.review.register import RECEIVED
from wps_xl.review.workbook import Review

LESSON = "lesson learned"


def practices(facts: DraftFacts, wording: Wording, fixed: Fixed) -> Section:
    """The count of cases, a sentence for each that was chosen, and what is still to be written."""
    found = facts.review.rows(Practice)
    count = style.cardinal(len(found)) if found else "no"
    blocks = [
        *fixed.get("practices", ()),
        *([received(facts.review, wording, found)] if found else []),
        *_chosen(facts, wording, found),
        *_refused(wording, found),
        prompt(wording, "practices", n=count, noun=plural(len(found), "case was", "cases were")),
    ]
    return section(wording, "practices", blocks)


def received(review: Review, wording: Wording, found: Sequence[Practice]) -> Paragraph:
    """How many cases and lessons came from how many entities, and by when (paras. 50, 51)."""
    lessons = [row for row in found if row.kind == LESSON]
    cases = [row for row in found if row.kind != LESSON]
    came = [
        (line.received, line.cell_of("received"))
        for line in review.rows(RegisterLine)
        if line.form == "practices" and line.status == RECEIVED and line.received is not None
    ]
    last = max((day for day, _ in came), default=None)
    date = wording.text("practices.by", date=style.date(last)) if last else ""
    days = tuple(cell for _, cell in came)
    told = {"practices.count": cases, "practices.lessons": lessons}
    sentences = [_count(wording, key, here, date, days) for key, here in told.items() if here]
    return Paragraph("practices.count", tuple(sentences))


def _count(
    wording: Wording,
    key: str,
    found: Sequence[Practice],
    date: str,
    days: tuple[CellRef, ...],
) -> Sentence:
    """How many of one kind were received, from how many entities."""
    cells = tuple(row.cell_of("practice_id") for row in found)
    entities = {row.entity for row in found}
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


def _chosen(facts: DraftFacts, wording: Wording, found: Sequence[Practice]) -> Iterator[Paragraph]:
    themes = [*facts.review.codebook["thematic_areas"], ""]
    for theme in themes:
        told = [
            practice_sentence(facts, wording, row)
            for row in found
            if row.is_told and _first(row, themes) == theme
        ]
        if told:
            yield Paragraph(f"practices.{theme}", tuple(told))


def _refused(wording: Wording, found: Sequence[Practice]) -> Iterator[Paragraph]:
    """Cases that are chosen although the panel found them not eligible, for the drafter."""
    cells = [
        f"{row.entity} “{row.title}”, {row.cell_of('in_report')}"
        for row in found
        if row.is_chosen and not row.is_told
    ]
    if cells:
        yield prompt(wording, "practices.refused", stops=True, list="; ".join(cells))


def _first(row: Practice, themes: Sequence[str]) -> str:
    return row.thematic_area if row.thematic_area in themes else ""


def practice_sentence(facts: DraftFacts, wording: Wording, row: Practice) -> Sentence:
    """What the draft says of one case: the office's words, else the entity's description."""
    return rows.titled_sentence(facts, wording, row, "context", "practice")
