"""What sheet Overview says of an area: its strategic focus, and what is asked of the drafter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from wps_xl.model import Paragraph, Sentence, Value
from wps_xl.report.council import rows
from wps_xl.report.council.blocks import prompt, who
from wps_xl.report.council.facts import Facts
from wps_xl.report.council.slots import Subject, questions_in
from wps_xl.report.council.wording import Wording
from wps_xl.review.columns import codes, headings, text
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.layout import ENTITY, OUR_WORDING
from wps_xl.review.office_columns import is_chosen
from wps_xl.review.overview import CHALLENGE, FOCUS, SHEET, is_unclear, wording_column
from wps_xl.review.workbook import Review

Row = Mapping[str, Value]
RESULT = "result_for_women"


def place_of(review: Review, row: Row, by_theme: bool) -> str:
    """The area, or the thematic area, that a row of Overview stands under; or blank."""
    column = headings(review.codebook, SHEET)
    if by_theme:
        return theme_of(row, review.codebook, column["area"], column["thematic_area"])
    return text(row[column["area"]])


def chosen(review: Review) -> list[tuple[int, Row]]:
    """The rows that are marked In report."""
    return [(number, row) for number, row in review.records(SHEET) if is_chosen(row)]


def told_questions(review: Review) -> set[str]:
    """The questions whose lists stand in the office's words for a focus."""
    columns = [(row, wording_column(row, FOCUS, review.codebook)) for _, row in chosen(review)]
    return {asked for row, at in columns if at for asked in questions_in(text(row[at]))}


def focus(facts: Facts, wording: Wording, place: str, by_theme: bool) -> Iterator[Sentence]:
    """The strategic focus: the office's words, else an entity's (para. 10)."""
    review = facts.review
    heading = headings(review.codebook, SHEET)[FOCUS]
    for number, row in chosen(review):
        if place_of(review, row, by_theme) != place:
            continue
        key = f"focus.{place}.{row[ENTITY]}"
        said = part_sentence(facts, wording, number, row, FOCUS, key)
        if said is None and row[heading]:
            cell = review.cell(SHEET, number, heading)
            name = who(review, text(row[ENTITY]))
            said = rows.quotation(wording, "focus", key, text(row[heading]), (cell,), Who=name)
        if said is not None:
            yield said


def part_sentence(
    facts: Facts, wording: Wording, number: int, row: Row, part: str, key: str
) -> Sentence | None:
    """The office's sentence for the focus or for the challenge of a row, where it wrote one."""
    column = wording_column(row, part, facts.review.codebook)
    if not column:
        return None
    subject = Subject(text(row[ENTITY]), "", SHEET, number, row)
    return rows.office_sentence(facts, wording, subject, key, column=column)


def asks(review: Review, wording: Wording, place: str, by_theme: bool) -> Iterator[Paragraph]:
    """The prompt for an area without a focus, and the results that were named in it."""
    column = headings(review.codebook, SHEET)
    here = [
        (number, row)
        for number, row in review.records(SHEET)
        if place_of(review, row, by_theme) == place
    ]
    results = [
        f"{who(review, text(row[ENTITY]))}: “{text(row[column[RESULT]])}”"
        for _, row in here
        if is_chosen(row) and row[column[RESULT]]
    ]
    if results:
        yield prompt(wording, "results", f"results.{place}", list=" ".join(results))
    if any(is_chosen(row) and _has_focus(row, review) for _, row in here):
        return
    described = [text(row[ENTITY]) for _, row in here if row[column[FOCUS]]]
    name = f"focus.{place}"
    if described:
        yield prompt(wording, "focus.choose", name, list=", ".join(described))
    else:
        yield prompt(wording, "focus", name)


def _has_focus(row: Row, review: Review) -> bool:
    own = row[headings(review.codebook, SHEET)[FOCUS]]
    return bool(own or wording_column(row, FOCUS, review.codebook))


def trends(review: Review, wording: Wording) -> Paragraph:
    """What kinds of progress the entities named, for the drafter (para. 8)."""
    column = headings(review.codebook, SHEET)["progress_kinds"]
    kinds = review.codebook["progress_kinds"]
    named = {
        (str(row[ENTITY]), code) for _, row in review.records(SHEET) for code in codes(row[column])
    }
    counts = Counter(code for _, code in named)
    listed = "; ".join(f"{kinds.label(code)}: {counts[code]}" for code in kinds if counts[code])
    if not listed:
        return prompt(wording, "trends")
    return prompt(wording, "trends.kinds", "trends", list=listed)


def left_over(
    review: Review, wording: Wording, known: Sequence[str], by_theme: bool
) -> Iterator[Paragraph]:
    """Chosen rows with a focus that no heading takes, and words that are for either of two."""
    column = headings(review.codebook, SHEET)
    found = chosen(review)
    lost = [
        str(review.cell(SHEET, number, ENTITY))
        for number, row in found
        if place_of(review, row, by_theme) not in known
        and (_has_focus(row, review) or row[column[RESULT]])
    ]
    if lost:
        yield prompt(wording, "unplaced", "unplaced.overview", stops=True, list=", ".join(lost))
    unclear = [
        f"{review.cell(SHEET, number, OUR_WORDING)} “{text(row[OUR_WORDING])}”"
        for number, row in found
        if is_unclear(row, review.codebook)
    ]
    if unclear:
        yield prompt(wording, "overview", stops=True, list="; ".join(unclear))


def has_challenge(row: Row, review: Review) -> bool:
    """Whether an entity or the office states a challenge in the row."""
    own = row[headings(review.codebook, SHEET)[CHALLENGE]]
    return bool(own or (is_chosen(row) and wording_column(row, CHALLENGE, review.codebook)))
