"""Small pieces that every section is made of: fixed paragraphs, prompts, plain paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wps_xl.errors import InputError
from wps_xl.model import Block, CellRef, Figure, Paragraph, Section, Sentence
from wps_xl.office.word.document import fill, gaps_in
from wps_xl.report.council.counts import name_of
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.report.editorial.names import mention
from wps_xl.review.workbook import Review

NOTE_STYLE = "DrafterNote"
Fixed = Mapping[str, Sequence[Paragraph]]
"""Section or subsection to the fixed paragraphs of the template."""


def fixed_paragraphs(review: Review, wording: Wording, texts: Mapping[str, str]) -> Fixed:
    """The fixed paragraphs of the template by what their keys begin with, their slots filled.

    ``plan.goals.1`` is a paragraph of ``plan.goals``.
    """
    slots = fixed_slots(review, wording)
    found: dict[str, list[Paragraph]] = {}
    for key, text in texts.items():
        name = f"fixed.{key}"
        sentence = Sentence(name, (fill(text, slots),), gaps=gaps_in(text, slots))
        paragraph = Paragraph(name, (sentence,))
        found.setdefault(key.rpartition(".")[0], []).append(paragraph)
    return found


def fixed_slots(review: Review, wording: Wording) -> Mapping[str, str]:
    """What the template's slots are filled with, from sheet Cycle."""
    cycle = review.cycle
    first, last = cycle.plan_period
    years = style.years(first.year, last.year, wording.profile)
    return {
        "cycle_name": cycle.name[:1].lower() + cycle.name[1:],
        "review_from": style.date(cycle.review[0]),
        "review_to": style.date(cycle.review[1]),
        "practices_from": style.date(cycle.practices_from),
        "plan": wording.text("plan.name", years=years),
        "area": wording.text(f"area.{cycle.classification}"),
        "mandate": cycle.mandate or wording.text("mandate.missing"),
    }


def plain(
    key: str,
    text: str,
    cells: tuple[CellRef, ...] = (),
    figures: tuple[Figure, ...] = (),
    style_id: str = "ParaNo",
) -> Paragraph:
    """A paragraph of one sentence."""
    return Paragraph(key, (Sentence(key, (text,), figures, cells),), style_id)


def prompt(
    wording: Wording, key: str, name: str = "", stops: bool = False, **slots: str
) -> Paragraph:
    """A paragraph that asks the drafter to act; ``name`` tells apart those of one pattern.

    ``stops`` is one about something that was asked, answered or chosen and is not printed.
    """
    text = f"[Drafter: {wording.text(f'prompt.{key}', **slots)}]"
    key = f"prompt.{name or key}"
    return Paragraph(key, (Sentence(key, (text,)),), NOTE_STYLE, True, stops)


def section(
    wording: Wording,
    key: str,
    blocks: Sequence[Block],
    inside: Sequence[Section] = (),
    level: int = 1,
) -> Section:
    """A section whose heading is a row of sheet Wording."""
    return Section(key, wording.text(f"heading.{key}"), level, tuple(blocks), tuple(inside))


def lettered(
    key: str, texts: Sequence[str], cells: Sequence[tuple[CellRef, ...]]
) -> list[Paragraph]:
    """Items (a), (b), … of a paragraph (L3)."""
    items = zip(style.subparagraphs(texts), cells, strict=True)
    return [
        plain(f"{key}.{at}", text, behind, style_id="SubPara")
        for at, (text, behind) in enumerate(items, start=1)
    ]


def who(review: Review, code: str) -> str:
    """An entity as it opens a sentence."""
    return style.capital(mention(name_of(review.codebook, code)))


def short_name(review: Review, code: str) -> str:
    """An entity as a table names it: its acronym, else its name."""
    name = name_of(review.codebook, code)
    return name.short or name.full


def entity_code(review: Review, asked: str) -> str:
    """The code of an entity named by code, acronym or name; InputError where it is not known."""
    code = review.codebook["entities"].find(asked.strip())
    if code is None:
        raise InputError(
            f"'{asked}' is not in the list of entities. Give a code or a name as sheet Lists has "
            "it."
        )
    return code
