"""The compilation of good practices, by thematic area and level, with the panel's sheet for each
case that waits for it (S/2007/567, paras. 50-54)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from wps_xl.errors import InputError
from wps_xl.model import Block, Draft, DraftTable, Figure, Paragraph, Section
from wps_xl.nouns import plural
from wps_xl.records.kinds import ELIGIBLE, NOT_ELIGIBLE, OPEN
from wps_xl.report.council.blocks import plain, prompt, short_name
from wps_xl.report.council.cases import Case, cases, decision_cells, paragraphs, refusal
from wps_xl.report.council.practices import received
from wps_xl.report.council.release import unconfirmed
from wps_xl.report.council.remarks import remarked
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.review.columns import NOT_ASSIGNED
from wps_xl.review.workbook import Review

CRITERIA = "eligibility_criteria"


def build(review: Review) -> Draft:
    """All cases that are not marked to be left out; those found not eligible by title only.

    Raises
    ------
    InputError
        Where no case has been gathered.
    """
    found = cases(review)
    if not found:
        raise InputError(
            "Sheet Practices has no case. Gather the returns first: consolidate, or button "
            "Consolidate."
        )
    wording = Wording(review)
    told = [case for case in found if not case.row.is_left_out]
    refused = [case for case in told if case.row.decision == NOT_ELIGIBLE]
    sections = [
        Section(
            "compilation",
            wording.text("heading.compilation"),
            1,
            tuple(_overview(review, wording, found)),
        ),
        *_areas(review, wording, [case for case in told if case.row.decision != NOT_ELIGIBLE]),
        *([_refused(review, wording, refused)] if refused else []),
    ]
    waiting = [case for case in told if case.row.decision == OPEN]
    annexes = (_panel(review, wording, waiting),) if waiting and review.codebook[CRITERIA] else ()
    mark = review.text("mark")
    title = wording.text("title.compilation", cycle=review.cycle.name)
    fields = {"title": f"{title} [{mark}]" if mark else title}
    return remarked(Draft(fields, tuple(sections), annexes), review)


def left_out(review: Review) -> int:
    """How many cases the office wants in no document."""
    return sum(case.row.is_left_out for case in cases(review))


def _overview(review: Review, wording: Wording, found: Sequence[Case]) -> Iterator[Block]:
    """How many cases came from how many entities, what the panel found, where they belong."""
    yield received(review, wording, [case.row for case in found])
    yield _decided(wording, found)
    yield _table(review, wording, found)


def _decided(wording: Wording, found: Sequence[Case]) -> Paragraph:
    counts = Counter(case.row.decision for case in found)
    if counts[OPEN] == len(found):
        return plain("compilation.panel", wording.text("compilation.panel.none"))
    cells = tuple(case.row.cell_of("panel") for case in found)
    kinds = (ELIGIBLE, NOT_ELIGIBLE, OPEN)
    numbers = style.same_category(counts[kind] for kind in kinds)
    printed = ["none" if said == "no" else said for said in numbers]
    figures = tuple(
        Figure(f"compilation.{kind}", counts[kind], said, cells)
        for kind, said in zip(kinds, printed, strict=True)
    )
    eligible, refused, waiting = printed
    said = wording.text(
        "compilation.panel",
        eligible=eligible,
        refused=refused,
        open=waiting,
        verb=plural(counts[OPEN], "has", "have"),
    )
    return plain("compilation.panel", said, cells, figures)


def _table(review: Review, wording: Wording, found: Sequence[Case]) -> DraftTable:
    """Cases by thematic area and level."""
    themes = _places(review, "thematic_areas", {case.theme for case in found})
    levels = _places(review, "practice_levels", {case.level for case in found})
    made, figures = [], []
    for theme, label in [*themes.items(), (None, wording.text("compilation.total"))]:
        cells = []
        for level in [*levels, None]:
            here = [
                case
                for case in found
                if theme in (None, case.theme) and level in (None, case.level)
            ]
            cells.append(style.in_figures(len(here)))
            rests = tuple(case.row.cell_of("entity") for case in here)
            name = f"compilation.{theme or 'total'}.{level or 'total'}"
            figures.append(Figure(name, len(here), cells[-1], rests))
        made.append((label, *cells))
    head = (
        wording.text("compilation.area"),
        *levels.values(),
        wording.text("compilation.total"),
    )
    title = wording.text("table.compilation")
    widths = (4, *(2 for _ in head[1:]))
    align = "l" + "r" * len(head[1:])
    return DraftTable(
        "compilation.table", title, head, tuple(made), widths, align, figures=tuple(figures)
    )


def _places(review: Review, name: str, used: set[str]) -> dict[str, str]:
    """The codes of a list with their labels, and a place for what is not assigned."""
    entries = review.codebook[name]
    found = {code: entries.label(code) for code in entries}
    return {**found, "": NOT_ASSIGNED} if "" in used else found


def _areas(review: Review, wording: Wording, found: Sequence[Case]) -> Iterator[Section]:
    """A section for each thematic area; its cases by level, from global to local."""
    levels = [*review.codebook["practice_levels"], ""]
    for theme, label in _places(review, "thematic_areas", {case.theme for case in found}).items():
        mine = [case for case in found if case.theme == theme]
        mine.sort(key=lambda case: levels.index(case.level))
        blocks = [block for case in mine for block in paragraphs(review, wording, case)]
        if not blocks:
            blocks = [prompt(wording, "compilation.gap", f"gap.{theme}", theme=label)]
        yield Section(f"compilation.{theme or 'none'}", label, 1, tuple(blocks))


def _refused(review: Review, wording: Wording, found: Sequence[Case]) -> Section:
    """The cases that the panel found not eligible, by title, with its reason."""
    lead = plain("refused", wording.text("compilation.refused"))
    items = style.subparagraphs([refusal(review, wording, case) for case in found])
    listed = [
        plain(f"{case.key}.refused", item, decision_cells(case, "title"), style_id="SubPara")
        for case, item in zip(found, items, strict=True)
    ]
    heading = wording.text("heading.compilation.refused")
    return Section("compilation.refused", heading, 1, (lead, *listed))


def _panel(review: Review, wording: Wording, found: Sequence[Case]) -> Section:
    """A table to fill in for each case that waits for the panel (para. 52)."""
    head = tuple(part.strip() for part in wording.text("heads.panel").split("|"))
    criteria = review.codebook[CRITERIA]
    examples = {code for name, code, _ in unconfirmed(review) if name == CRITERIA}
    mark = wording.text("panel.example")
    answers = [wording.text("panel.answer")] * (len(head) - 2)
    made = [
        (f"{criteria.label(code)}{f' {mark}' if code in examples else ''}", *answers, "")
        for code in criteria
    ]
    made.append((wording.text("panel.all"), *("" for _ in answers), wording.text("panel.decision")))
    widths = (3950, *(1250 for _ in answers), 2150)
    tables = [
        DraftTable(
            f"{case.key}.sheet",
            wording.text(
                "table.panel", title=case.row.title, entity=short_name(review, case.row.entity)
            ),
            head,
            tuple(made),
            widths,
        )
        for case in found
    ]
    blocks: list[Block] = [plain("panel", wording.text("panel.how"), style_id="SingleTxt")]
    if examples:
        blocks.append(prompt(wording, "panel.examples"))
    return Section("panel", wording.text("heading.panel"), 0, (*blocks, *tables))
