"""What drafters must know beside a sentence: open warnings, rows held back, twins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from wps_xl.forms.definitions import data_sheets
from wps_xl.model import CellRef, Draft, Figure, Paragraph, Section, Sentence
from wps_xl.records import Measure
from wps_xl.review.held import HeldBack, by_reason, held_rows
from wps_xl.review.issue_lines import IssueLine
from wps_xl.review.workbook import Review

TWINS = 3
"""Fewest members of two lists that are worth a remark when they are the same."""
LARGE = 100
"""Smallest number that is worth a remark when it stands for two things."""
MOST = 3

ReturnRow = tuple[str, str, int]
"""Book, sheet and row of a return."""


def remarked(draft: Draft, review: Review) -> Draft:
    """The draft with a remark on each sentence that an open question touches."""
    rules: Sequence[Remarker] = (
        _warnings(review),
        _held(review),
        _twin_lists(draft),
        _twin_figures(review),
    )

    def change(sentence: Sentence) -> Sentence:
        found = [text for rule in rules for text in rule(sentence)]
        if not found:
            return sentence
        known = [sentence.remark] if sentence.remark else []
        return replace(sentence, remark=" ".join(dict.fromkeys([*known, *found])))

    return replace(
        draft,
        sections=tuple(_section(section, change) for section in draft.sections),
        annexes=tuple(_section(section, change) for section in draft.annexes),
    )


Remarker = Callable[[Sentence], Iterator[str]]


def sentences(draft: Draft) -> Iterator[Sentence]:
    """Every sentence in printed order."""
    for paragraph in draft.paragraphs():
        yield from paragraph.sentences


def _section(section: Section, change: Callable[[Sentence], Sentence]) -> Section:
    blocks = tuple(
        replace(block, sentences=tuple(map(change, block.sentences)))
        if isinstance(block, Paragraph) and not block.prompt
        else block
        for block in section.blocks
    )
    inner = tuple(_section(child, change) for child in section.sections)
    return replace(section, blocks=blocks, sections=inner)


def _warnings(review: Review) -> Remarker:
    """Open warnings on a row that a sentence rests on."""
    texts: dict[ReturnRow, list[str]] = defaultdict(list)
    for line in review.rows(IssueLine):
        if line.severity == "warning" and line.is_open and line.row is not None:
            place = (line.book, line.sheet, line.row)
            texts[place].append(f"Open warning, {line.entity}: {line.message}")
    origins = _origins(review) if texts else {}

    def rule(sentence: Sentence) -> Iterator[str]:
        places = dict.fromkeys(origins.get((cell.sheet, cell.row)) for cell in cells_of(sentence))
        found = [text for place in places if place for text in texts.get(place, ())]
        yield from found[:MOST]
        if len(found) > MOST:
            yield f"{len(found) - MOST} more warnings; see sheet Issues."

    return rule


def _held(review: Review) -> Remarker:
    """Rows held back beside what they would change: a list's question, an entity's sentences."""
    questions = review.codebook["questions"]
    by_question: dict[str, list[HeldBack]] = defaultdict(list)
    by_entity: dict[str, list[HeldBack]] = defaultdict(list)
    for row in held_rows(review):
        if row.name in questions:
            by_question[row.name].append(row)
        else:
            by_entity[row.entity].append(row)

    def rule(sentence: Sentence) -> Iterator[str]:
        entity = sentence.key.partition(".")[0]
        rows = [*by_question.get(sentence.key, ()), *by_entity.get(entity, ())]
        told = list(by_reason(rows))
        yield from (f"Held back: {text}" for text in told[:MOST])
        if len(told) > MOST:
            yield f"{len(told) - MOST} more rows held back; see sheet Issues."

    return rule


def _twin_lists(draft: Draft) -> Remarker:
    """Two lists with the same members: the second may be a copy of the first."""
    lists: dict[str, list[str]] = defaultdict(list)
    for sentence in sentences(draft):
        for figure in sentence.figures:
            if _is_list(figure) and sentence.key not in lists[str(figure.value)]:
                lists[str(figure.value)].append(sentence.key)

    def rule(sentence: Sentence) -> Iterator[str]:
        for figure in sentence.figures:
            others = [key for key in lists[str(figure.value)] if key != sentence.key]
            if _is_list(figure) and others:
                yield (
                    f"The same entities as in the list of {', '.join(others)}: "
                    "check that one was not copied from the other."
                )

    return rule


def _is_list(figure: Figure) -> bool:
    return figure.id.endswith(".entities") and str(figure.value).count(";") >= TWINS - 1


def _twin_figures(review: Review) -> Remarker:
    """One number with two meanings, such as victims identified and victims assisted."""
    names: dict[float, dict[str, str]] = defaultdict(dict)
    for row in review.rows(Measure):
        for code, number in (("value", row.value), ("amount_usd", row.amount_usd)):
            if number is not None and number >= LARGE:
                names[number][f"{row.entity}.{row.measure_id}.{code}"] = row.measure

    def rule(sentence: Sentence) -> Iterator[str]:
        for figure in sentence.figures:
            known = names.get(figure.value, {}) if not isinstance(figure.value, str) else {}
            own = known.get(figure.id)
            if own is not None:
                others = {n: text for n, text in known.items() if text.casefold() != own.casefold()}
                for name, text in others.items():
                    yield f"{figure.text} also stands for ‘{text}’ ({name.rpartition('.')[0]})."

    return rule


def _origins(review: Review) -> dict[tuple[str, int], ReturnRow]:
    """Sheet and row of this workbook to the row of the return it was taken from."""
    return {
        (sheet.name, row.at): (row.book, row.sheet, int(row.row))
        for sheet in data_sheets(review.codebook)
        for row in review.gathered(sheet.name)
        if row.row
    }


def cells_of(sentence: Sentence) -> tuple[CellRef, ...]:
    """Every cell behind a sentence, those of its figures too, each once."""
    figures = (cell for figure in sentence.figures for cell in figure.cells)
    return tuple(dict.fromkeys([*figures, *sentence.cells]))
