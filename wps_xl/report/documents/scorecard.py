"""One page for the head of an entity: on time, complete, results, resources (paras. 46-47)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from wps_xl.analysis.facts import Facts
from wps_xl.analysis.money import CORE, EXTRABUDGETARY, dollars
from wps_xl.model import Block, CellRef, Draft, DraftTable, Paragraph, Section, Value
from wps_xl.nouns import plural
from wps_xl.office.word.fitting import Page, fitting, shared
from wps_xl.records import Activity, Measure, RegisterLine, number, text
from wps_xl.report.council.blocks import entity_code, plain, prompt
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.review import register
from wps_xl.review.held import held_rows
from wps_xl.review.issue_lines import IssueLine
from wps_xl.review.workbook import Review

RETURNS = (1900, 1300, 1300, 900, 900, 850, 900, 850, 950)
RESULTS = (4350, 1000, 1000, 1000, 1000, 1500)
RESOURCES = (2950, 2300, 2300, 2300)
ISSUES = (900, 1650, 7300)
"""Widths of the tables in twips, so that each takes the full measure."""
LINES = 3
"""Most lines of a cell; what is longer is cut, and stands in full on the sheet."""
PARTS = {
    "returns": (4, "Register"),
    "results": (6, "Indicators"),
    "resources": (3, "Money"),
    "issues": (5, "Issues"),
}
"""Of each table its share of the page, and the sheet that has all of it."""
SLACK = 240
NONE = "–"
HELD = "held back"
"""What the table of issues says of a row that no open line keeps out of the data."""
Values = Mapping[str, Value]


def build(review: Review, asked: str, template: Path) -> Draft:
    """The scorecard of one entity, on one page of the template.

    InputError where no list of entities knows ``asked``.
    """
    code = entity_code(review, asked)
    wording, facts = Wording(review), Facts(review)
    parts = {
        "returns": list(_returns(review, wording, code)),
        "results": list(_results(facts, wording, code)),
        "resources": list(_resources(facts, wording, code)),
        "issues": list(_issues(review, wording, code)),
    }
    sections = tuple(
        Section(f"scorecard.{key}", wording.text(f"heading.scorecard.{key}"), 1, tuple(blocks))
        for key, blocks in parts.items()
    )
    name = review.codebook["entities"].label(code)
    draft = Draft({"title": wording.text("title.scorecard", entity=name)}, sections)
    return _on_one_page(draft, wording, Page.of(template))


def _on_one_page(draft: Draft, wording: Wording, page: Page) -> Draft:
    """The draft with its tables cut to what one page holds; what is left out is counted."""
    cut = {table.key: _cut(table, page) for table in _tables(draft)}
    if not cut:
        return draft
    needs = [sum(_heights(table, page)) for table in cut.values()]
    shares = [PARTS[_part(key)][0] for key in cut]
    room = max(page.height - SLACK - _around(draft, page), 0)
    rooms = shared(needs, [room * share // sum(shares) for share in shares])
    tables = dict(zip(cut, rooms, strict=True))

    def fitted(block: Block) -> Block:
        if not isinstance(block, DraftTable):
            return block
        return _fitted(block, cut[block.key], wording, page, tables[block.key])

    sections = (
        replace(one, blocks=tuple(fitted(block) for block in one.blocks)) for one in draft.sections
    )
    return replace(draft, sections=tuple(sections))


def _around(draft: Draft, page: Page) -> int:
    """The height of everything but the rows of tables."""
    texts = [("Title", draft.fields["title"])]
    heads = 0
    for section in draft.sections:
        texts.append(("Heading1", section.title))
        for block in section.blocks:
            # A table ends in an empty paragraph.
            texts.append(("SingleTxt", "" if isinstance(block, DraftTable) else block.text))
            if isinstance(block, DraftTable):
                heads += page.row(block.head, block.widths, "TableHead")
    return heads + page.column(texts)


def _fitted(
    table: DraftTable, cut: DraftTable, wording: Wording, page: Page, room: int
) -> DraftTable:
    """As many rows as have room, and a last one about what is not there."""
    heights = _heights(cut, page)
    if cut.rows == table.rows and sum(heights) <= room:
        return table
    sheet = PARTS[_part(table.key)][1]
    widest = table.widths.index(max(table.widths))
    said = [wording.text("scorecard.cut", sheet=sheet)] if cut.rows != table.rows else []
    said = [wording.text("scorecard.more", n=style.in_figures(len(table.rows)), sheet=sheet), *said]
    last = _row_with(" ".join(said), widest, len(table.head))
    shown = fitting(heights, room - page.row(last, table.widths))
    left = len(table.rows) - shown
    if left:
        said[0] = wording.text("scorecard.more", n=style.in_figures(left), sheet=sheet)
    else:
        del said[0]
    return replace(
        cut, rows=(*cut.rows[:shown], _row_with(" ".join(said), widest, len(table.head)))
    )


def _row_with(text: str, at: int, count: int) -> tuple[str, ...]:
    return tuple(text if place == at else "" for place in range(count))


def _cut(table: DraftTable, page: Page) -> DraftTable:
    return replace(table, rows=tuple(page.cut(row, table.widths, LINES) for row in table.rows))


def _heights(table: DraftTable, page: Page) -> list[int]:
    return [page.row(row, table.widths) for row in table.rows]


def _tables(draft: Draft) -> Iterator[DraftTable]:
    for section in draft.sections:
        yield from (block for block in section.blocks if isinstance(block, DraftTable))


def _part(key: str) -> str:
    return key.rpartition(".")[2]


def _table(
    wording: Wording, key: str, made: Sequence[tuple[str, ...]], widths: tuple[int, ...], align: str
) -> DraftTable:
    """A table in full measure; the heading above it is its title."""
    heads = tuple(part.strip() for part in wording.text(f"heads.scorecard.{key}").split("|"))
    return DraftTable(f"scorecard.{key}", "", heads, tuple(made), widths, align)


def _returns(review: Review, wording: Wording, code: str) -> Iterator[Block]:
    made = []
    for line in review.rows(RegisterLine):
        if line.entity == code:
            form = review.codebook["forms"].label(line.form)
            signed = wording.text("yes" if line.signed_off == "Y" else "no")
            came = line.status == register.RECEIVED
            on_time = wording.text("late" if line.late else "on_time") if came else NONE
            counts = map(_shown, (line.rows, line.held_back, line.errors, line.warnings))
            lacking = "to_repair" if line.status == register.REPAIR else "missing"
            received = _shown(line.received) if came else wording.text(lacking)
            made.append(
                (form, _shown(line.due), received, on_time, signed if came else NONE, *counts)
            )
    if not made:
        yield prompt(wording, "scorecard.returns")
        return
    yield _table(wording, "returns", made, RETURNS, "lllllrrrr")
    yield _rows(review, wording, code)


def _rows(review: Review, wording: Wording, code: str) -> Paragraph:
    own = [row for row in review.rows(Activity) if row.entity == code]
    chosen = sum(row.is_chosen for row in own)
    numbers = style.same_category([len(own), chosen])
    said = wording.text(
        "scorecard.rows",
        n=style.capital("none" if not own else numbers[0]),
        m="none" if not chosen else numbers[1],
        were=plural(len(own), "was", "were"),
        verb=plural(chosen, "is", "are"),
    )
    cells = tuple(row.cell_of("in_report") for row in own)
    return plain("scorecard.rows", said, cells, style_id="SingleTxt")


def _results(facts: Facts, wording: Wording, code: str) -> Iterator[Block]:
    lights = facts.review.codebook["lights"]
    made = [
        (
            item.indicator,
            _shown(item.baseline),
            _shown(item.target),
            _shown(item.latest),
            NONE if item.progress is None else f"{item.progress:.0%}",
            lights.label(item.light) if item.light else NONE,
        )
        for item in facts.results
        if item.entity == code
    ]
    if made:
        yield _table(wording, "results", made, RESULTS, "lrrrrl")
    else:
        yield prompt(wording, "scorecard.results")


def _resources(facts: Facts, wording: Wording, code: str) -> Iterator[Block]:
    cents: Counter[tuple[str, str]] = Counter()
    for share in facts.shares:
        if share.entity == code:
            cents[text(share.row.raw("year")), share.source] += share.cents
    made = []
    for year in sorted({year for year, _ in cents}):
        sums = [cents[year, source] for source in (CORE, EXTRABUDGETARY)]
        made.append((year, *(style.amount(dollars(v)) for v in (*sums, sum(sums)))))
    spent = _spent(facts.review, code)
    if made:
        yield _table(wording, "resources", made, RESOURCES, "lrrr")
    if spent:
        said = wording.text("scorecard.spent", amount=style.money(sum(spent.values())))
        yield plain("scorecard.spent", said, tuple(spent), style_id="SingleTxt")
    if not made and not spent:
        yield prompt(wording, "scorecard.resources")


def _spent(review: Review, code: str) -> Mapping[CellRef, float]:
    """The amounts that the entity reported with its activities, by cell."""
    return {
        row.cell_of("amount_usd"): row.amount_usd
        for row in review.rows(Measure)
        if row.entity == code and row.amount_usd
    }


def _issues(review: Review, wording: Wording, code: str) -> Iterator[Block]:
    """What is open, and what keeps rows out of the data whatever was answered."""
    order = ("error", "warning", "note")
    held = [row for row in held_rows(review) if row.entity == code]
    mine = [line for line in review.rows(IssueLine) if line.entity == code]
    found = [line for line in mine if line.is_open or any(row.is_held_by(line) for row in held)]
    found.sort(key=lambda line: order.index(line.severity) if line.severity in order else 9)
    made = [(line.severity, f"{line.sheet} {line.cell}".strip(), line.message) for line in found]
    made += [
        (HELD, f"{row.sheet} row {row.row}", row.reason)
        for row in held
        if row.other or not any(row.is_held_by(line) for line in found)
    ]
    if made:
        yield _table(wording, "issues", made, ISSUES, "")
    else:
        said = wording.text("scorecard.no_issues")
        yield plain("scorecard.no_issues", said, style_id="SingleTxt")


def _shown(value: Value) -> str:
    if isinstance(value, dt.datetime):
        return style.date(value)
    found = number(value)
    return NONE if found is None else style.in_figures(found)
