"""What sheet Overview says of an area: its strategic focus, and what is asked of the drafter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from wps_xl.model import Paragraph, Sentence
from wps_xl.records import Overview, text
from wps_xl.report.council import rows
from wps_xl.report.council.blocks import prompt, who
from wps_xl.report.council.facts import DraftFacts
from wps_xl.report.council.slots import Subject, questions_in
from wps_xl.report.council.wording import Wording
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.overview import CHALLENGE, FOCUS, is_unclear, wording_column
from wps_xl.review.workbook import Review


def place_of(review: Review, row: Overview, by_theme: bool) -> str:
    """The area, or the thematic area, that a row of Overview stands under; or blank."""
    return theme_of(row, review.codebook) if by_theme else row.area


def chosen(review: Review) -> list[Overview]:
    """The rows that are marked In report."""
    return [row for row in review.rows(Overview) if row.is_chosen]


def told_questions(review: Review) -> set[str]:
    """The questions whose lists stand in the office's words for a focus."""
    columns = [(row, wording_column(row, FOCUS)) for row in chosen(review)]
    return {asked for row, at in columns if at for asked in questions_in(text(row.raw(at)))}


def focus(facts: DraftFacts, wording: Wording, place: str, by_theme: bool) -> Iterator[Sentence]:
    """The strategic focus: the office's words, else an entity's (para. 10)."""
    review = facts.review
    for row in chosen(review):
        if place_of(review, row, by_theme) != place:
            continue
        key = f"focus.{place}.{row.entity}"
        said = part_sentence(facts, wording, row, FOCUS, key)
        if said is None and row.focus:
            cell, name = row.cell_of(FOCUS), who(review, row.entity)
            said = rows.quotation(wording, "focus", key, row.focus, (cell,), Who=name)
        if said is not None:
            yield said


def part_sentence(
    facts: DraftFacts, wording: Wording, row: Overview, part: str, key: str
) -> Sentence | None:
    """The office's sentence for the focus or for the challenge of a row, where it wrote one."""
    column = wording_column(row, part)
    if not column:
        return None
    subject = Subject(row.entity, "", row)
    return rows.office_sentence(facts, wording, subject, key, column=column)


def asks(review: Review, wording: Wording, place: str, by_theme: bool) -> Iterator[Paragraph]:
    """The prompt for an area without a focus, and the results that were named in it."""
    here = [row for row in review.rows(Overview) if place_of(review, row, by_theme) == place]
    results = [
        f"{who(review, row.entity)}: “{row.result_for_women}”"
        for row in here
        if row.is_chosen and row.result_for_women
    ]
    if results:
        yield prompt(wording, "results", f"results.{place}", list=" ".join(results))
    if any(row.is_chosen and _has_focus(row) for row in here):
        return
    described = [row.entity for row in here if row.focus]
    name = f"focus.{place}"
    if described:
        yield prompt(wording, "focus.choose", name, list=", ".join(described))
    else:
        yield prompt(wording, "focus", name)


def _has_focus(row: Overview) -> bool:
    return bool(row.focus or wording_column(row, FOCUS))


def trends(review: Review, wording: Wording) -> Paragraph:
    """What kinds of progress the entities named, for the drafter (para. 8)."""
    kinds = review.codebook["progress_kinds"]
    named = {(row.entity, code) for row in review.rows(Overview) for code in row.progress_kinds}
    counts = Counter(code for _, code in named)
    listed = "; ".join(f"{kinds.label(code)}: {counts[code]}" for code in kinds if counts[code])
    if not listed:
        return prompt(wording, "trends")
    return prompt(wording, "trends.kinds", "trends", list=listed)


def left_over(
    review: Review, wording: Wording, known: Sequence[str], by_theme: bool
) -> Iterator[Paragraph]:
    """Chosen rows with a focus that no heading takes, and words that are for either of two."""
    found = chosen(review)
    lost = [
        str(row.cell_of("entity"))
        for row in found
        if place_of(review, row, by_theme) not in known
        and (_has_focus(row) or row.result_for_women)
    ]
    if lost:
        yield prompt(wording, "unplaced", "unplaced.overview", stops=True, list=", ".join(lost))
    unclear = [
        f"{row.cell_of('our_wording')} “{row.our_wording}”" for row in found if is_unclear(row)
    ]
    if unclear:
        yield prompt(wording, "overview", stops=True, list="; ".join(unclear))


def has_challenge(row: Overview) -> bool:
    """Whether an entity or the office states a challenge in the row."""
    return bool(row.challenge or (row.is_chosen and wording_column(row, CHALLENGE)))
