"""Section V: how many good practices were received, and those that were chosen (paras. 50-54)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from wps_xl.analysis.columns import headings, text
from wps_xl.analysis.layout import ENTITY
from wps_xl.analysis.office_columns import is_chosen
from wps_xl.analysis.register import RECEIVED
from wps_xl.analysis.review import Review
from wps_xl.model import Figure, Paragraph, Section, Sentence, Value
from wps_xl.nouns import plural
from wps_xl.report import rows, style
from wps_xl.report.blocks import Fixed, plain, prompt, section
from wps_xl.report.facts import Facts
from wps_xl.report.wording import Wording

Row = Mapping[str, Value]


def practices(facts: Facts, wording: Wording, fixed: Fixed) -> Section:
    """The count of cases, a sentence for each that was chosen, and what is still to be written."""
    found = facts.review.records("Practices")
    count = style.cardinal(len(found)) if found else "no"
    blocks = [
        *fixed.get("practices", ()),
        *([received(facts.review, wording, found)] if found else []),
        *_chosen(facts, wording, found),
        prompt(wording, "practices", n=count, noun=plural(len(found), "case was", "cases were")),
    ]
    return section(wording, "practices", blocks)


def received(review: Review, wording: Wording, found: Sequence[tuple[int, Row]]) -> Paragraph:
    """How many cases were received from how many entities, and by when (para. 51)."""
    number_of = headings(review.codebook, "Practices")["practice_id"]
    cells = tuple(review.cell("Practices", at, number_of) for at, _ in found)
    entities = {str(row[ENTITY]) for _, row in found}
    count, owners = style.same_category([len(found), len(entities)])
    days = [
        (at, row["Received"])
        for at, row in review.records("Register")
        if row["Form"] == "practices"
        and row["Status"] == RECEIVED
        and isinstance(row["Received"], dt.datetime)
    ]
    last = max((day for _, day in days if isinstance(day, dt.datetime)), default=None)
    said = wording.text(
        "practices.count",
        date=wording.text("practices.by", date=style.date(last)) if last else "",
        n=count,
        case=plural(len(found), "case", "cases"),
        verb=plural(len(found), "has", "have"),
        m=owners,
        noun=plural(len(entities), "entity", "entities"),
    )
    figures = (
        Figure("practices.count", len(found), count, cells),
        Figure("practices.entities.count", len(entities), owners, cells),
    )
    days_cells = tuple(review.cell("Register", at, "Received") for at, _ in days)
    return plain("practices.count", style.capital(said), (*cells, *days_cells), figures)


def _chosen(
    facts: Facts, wording: Wording, found: Sequence[tuple[int, Row]]
) -> Iterator[Paragraph]:
    column = headings(facts.review.codebook, "Practices")["thematic_areas"]
    themes = [*facts.review.codebook["thematic_areas"], ""]
    for theme in themes:
        told = [
            practice_sentence(facts, wording, number, row)
            for number, row in found
            if is_chosen(row) and _first(row[column], themes) == theme
        ]
        if told:
            yield Paragraph(f"practices.{theme}", tuple(told))


def _first(value: Value, themes: Sequence[str]) -> str:
    code = text(value).partition(";")[0].strip()
    return code if code in themes else ""


def practice_sentence(facts: Facts, wording: Wording, number: int, row: Row) -> Sentence:
    """What the draft says of one case: the office's words, else the entity's description."""
    columns = ("practice_id", "title", "context")
    return rows.titled_sentence(facts, wording, "Practices", number, row, columns, "practice")
