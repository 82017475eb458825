"""Annexes: respondents and forms, entities by area, money, indicators, measures not quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wps_xl.analysis.money import CORE, EXTRABUDGETARY, dollars
from wps_xl.codebook import CodeList
from wps_xl.model import Block, CellRef, Draft, DraftTable, Figure, Section
from wps_xl.records import PlannedResult, Record, RegisterLine, Result, Update
from wps_xl.report.council import rows
from wps_xl.report.council.blocks import plain, prompt, short_name
from wps_xl.report.council.counts import name_of
from wps_xl.report.council.facts import DraftFacts, Measured
from wps_xl.report.council.progress import classified
from wps_xl.report.council.remarks import sentences
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.report.editorial.names import order
from wps_xl.review import register
from wps_xl.review.workbook import Review

NONE = "–"


def annexes(facts: DraftFacts, wording: Wording, draft: Draft) -> tuple[Section, ...]:
    """The annexes of a draft whose sections are known."""
    makers: dict[str, list[Block]] = {
        "respondents": [_respondents(facts.review, wording)],
        "matrix": list(_matrix(facts, wording)),
        "money": list(_money(facts, wording)),
        "indicators": list(_indicators(facts, wording)),
        "unused": list(_unused(facts, wording, draft)),
    }
    return tuple(
        Section(f"annex.{key}", wording.text(f"heading.annex.{key}"), 0, tuple(blocks))
        for key, blocks in makers.items()
        if blocks
    )


def _table(
    wording: Wording,
    key: str,
    made: Sequence[tuple[str, ...]],
    widths: tuple[int, ...],
    align: str,
    figures: Sequence[Figure],
    head: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> DraftTable:
    """A table whose title and heads are rows of sheet Wording, heads separated by bars."""
    heads = head or tuple(part.strip() for part in wording.text(f"heads.{key}").split("|"))
    title = wording.text(f"table.{key}")
    return DraftTable(
        f"table.{key}", title, heads, tuple(made), widths, align, notes, tuple(figures)
    )


def _respondents(review: Review, wording: Wording) -> DraftTable:
    """Who was asked for which form, and when it came (para. 5)."""
    forms = list(review.codebook["forms"])
    lines: dict[str, dict[str, RegisterLine]] = {}
    for line in review.rows(RegisterLine):
        lines.setdefault(line.entity, {})[line.form] = line
    lines = {entity: found for entity, found in lines.items() if _takes_part(found.values())}
    made = []
    figures: list[Figure] = []
    for name in order(name_of(review.codebook, code) for code in lines):
        found = lines[name.code]
        said = []
        for form in forms:
            one = found.get(form)
            said.append(_state(one, wording) if one else NONE)
            if one and one.received:
                cell = one.cell_of("received")
                figures.append(Figure(f"{name.code}.{form}.received", said[-1], said[-1], (cell,)))
        made.append((name.full, *said))
    head = (wording.text("heads.respondents"), *map(review.codebook["forms"].label, forms))
    widths = (4, *(2 for _ in forms))
    return _table(wording, "respondents", made, widths, "", figures, head=head)


def _takes_part(lines: Iterable[RegisterLine]) -> bool:
    """Whether an entity was asked for a form, or sent one."""
    return any(
        line.takes_part == register.INVITED or line.status in (*register.CAME, register.WITHDRAWN)
        for line in lines
    )


def _state(line: RegisterLine, wording: Wording) -> str:
    if line.status == register.RECEIVED:
        said = style.date(line.received) if line.received else line.status
        office = line.takes_part != register.INVITED
        return wording.text("entered", date=said) if office else said
    if line.status == register.REPAIR:
        return wording.text("to_repair")
    return wording.text("missing") if line.takes_part == register.INVITED else NONE


def _matrix(facts: DraftFacts, wording: Wording) -> Iterator[Block]:
    """How many activities each entity reported under each heading (para. 43)."""
    review = facts.review
    known = classified(review, rows.activities(facts, every=True))
    counts: Counter[tuple[str, str]] = Counter()
    cells: dict[tuple[str, str], list[CellRef]] = {}
    for heading in known:
        for item in heading.activities:
            for entity in item.reporters:
                counts[entity, heading.code] += 1
                cell = item.row.cell_of("activity_id")
                cells.setdefault((entity, heading.code), []).append(cell)
    shown = [heading for heading in known if heading.activities]
    if not shown:
        yield prompt(wording, "matrix")
        return
    entities = {entity for entity, _ in counts}
    made = []
    for name in order(name_of(review.codebook, code) for code in entities):
        numbers = [counts[name.code, heading.code] for heading in shown]
        made.append((short_name(review, name.code), *(_count(n) for n in numbers)))
    figures = [
        Figure(f"matrix.{entity}.{code}", n, _count(n), tuple(cells[entity, code]))
        for (entity, code), n in counts.items()
    ]
    by_letter = review.cycle.classification != "themes"
    head = tuple(heading.code if by_letter else heading.title for heading in shown)
    legend = "; ".join(f"{heading.code}: {heading.title}" for heading in shown)
    said = wording.text("matrix.by_letter", list=legend) if by_letter else wording.text("matrix")
    yield plain("matrix", said)
    heads = (wording.text("heads.matrix"), *head)
    widths = (8, *((2 if by_letter else 4) for _ in shown))
    yield _table(wording, "matrix", made, widths, "l" + "r" * len(shown), figures, head=heads)


def _count(found: int) -> str:
    return style.in_figures(found) if found else NONE


def _money(facts: DraftFacts, wording: Wording) -> Iterator[Block]:
    """What activities cost, a joint figure once, and what entities planned (paras. 24, 35)."""
    spent = _spent(facts, wording)
    planned = _resources(facts, wording)
    yield from (table for table in (spent, planned) if table is not None)
    if spent is None and planned is None:
        yield prompt(wording, "money")


def _spent(facts: DraftFacts, wording: Wording) -> DraftTable | None:
    review, found = facts.review, facts.amounts
    if not found:
        return None
    made = []
    figures: list[Figure] = []
    shared = False
    for item in found:
        measure = facts.measures[item.row.entity, item.row.measure_id]
        printed = style.amount(dollars(item.cents)) + ("" if item.counted else "^a")
        shared = shared or not item.counted
        made.append(
            (
                short_name(review, item.entity),
                item.row.measure,
                _label(review.codebook["funding_sources"], item.row.funding_source),
                _label(review.codebook["precisions"], item.precision),
                printed,
            )
        )
        figures += measure.figures.values()
    total = dollars(sum(item.cents for item in found if item.counted))
    cells = tuple(item.cell for item in found)
    figures.append(Figure("amounts.total", total, style.amount(total), cells))
    made.append(("Total", "", "", "", style.amount(total)))
    notes = (wording.text("amount.shared"),) if shared else ()
    return _table(wording, "spent", made, (3, 5, 2, 2, 2), "llllr", figures, notes=notes)


def _resources(facts: DraftFacts, wording: Wording) -> DraftTable | None:
    review, sources = facts.review, (CORE, EXTRABUDGETARY)
    cents: Counter[tuple[str, str]] = Counter()
    cells: dict[tuple[str, str], list[CellRef]] = {}
    for share in facts.shares:
        cents[share.entity, share.source] += share.cents
        for owner in (share.entity, "total"):
            cells.setdefault((owner, share.source), []).append(share.cell)
    if not cents:
        return None
    entities = order(name_of(review.codebook, code) for code in {entity for entity, _ in cents})
    made = []
    figures: list[Figure] = []
    for name in entities:
        sums = [cents[name.code, source] for source in sources]
        printed = [style.amount(dollars(value)) for value in (*sums, sum(sums))]
        made.append((short_name(review, name.code), *printed))
        figures += _sums(name.code, sums, sources, cells)
    sums = [sum(c for (_, s), c in cents.items() if s == source) for source in sources]
    figures += _sums("total", sums, sources, cells)
    made.append(("Total", *(style.amount(dollars(v)) for v in (*sums, sum(sums)))))
    return _table(wording, "resources", made, (4, 2, 2, 2), "lrrr", figures)


def _sums(
    name: str,
    sums: Sequence[int],
    sources: Sequence[str],
    cells: Mapping[tuple[str, str], Sequence[CellRef]],
) -> Iterator[Figure]:
    every: tuple[CellRef, ...] = ()
    for source, value in zip(sources, sums, strict=True):
        behind = tuple(cells.get((name, source), ()))
        every += behind
        found = dollars(value)
        yield Figure(f"resources.{name}.{source}", found, style.amount(found), behind)
    total = dollars(sum(sums))
    yield Figure(f"resources.{name}", total, style.amount(total), every)


def _label(codes: CodeList, code: str) -> str:
    return codes.label(code) if code else NONE


def _indicators(facts: DraftFacts, wording: Wording) -> Iterator[Block]:
    """The results of the plan with baseline, target and latest value (paras. 45, 49)."""
    review, found = facts.review, facts.results
    if not found:
        yield prompt(wording, "indicators")
        return
    stands: dict[tuple[str, str, str], Record] = {}
    for own in review.rows(Result):
        stands[own.sheet_name, own.entity, own.result_id] = own
    for update in review.rows(Update):
        stands[update.sheet_name, update.entity, update.result_id] = update
    for earlier in review.rows(PlannedResult):
        stands[earlier.sheet_name, earlier.entity, earlier.result_no] = earlier
    made, figures = [], []
    for item in found:
        values = {"baseline": item.baseline, "target": item.target, "latest": item.latest}
        printed = {name: _number(value) for name, value in values.items()}
        rating = _label(review.codebook["ratings"], item.rating)
        indicator = review.codebook["common_indicators"].label(item.common) or item.indicator
        indicator += f", {item.unit}" if item.unit else ""
        made.append((short_name(review, item.entity), indicator, *printed.values(), rating))
        for name, value in values.items():
            sheet = Update.sheet_name if name == "latest" else item.plan
            row = stands.get((sheet, item.entity, item.number))
            if value is not None and row is not None:
                key = f"{item.entity}.{item.number}.{name}"
                figures.append(Figure(key, value, printed[name], (row.cell_of(name),)))
    yield _table(wording, "indicators", made, (3, 7, 2, 2, 2, 2), "llrrrl", figures)


def _number(value: float | None) -> str:
    return NONE if value is None else style.in_figures(value)


def _unused(facts: DraftFacts, wording: Wording, draft: Draft) -> Iterator[Block]:
    """Every accepted measure that the draft does not quote, and why, so that none is lost."""
    quoted = {
        figure.id.rpartition(".")[0] for found in sentences(draft) for figure in found.figures
    }
    left = [
        measure
        for measure in facts.measures.values()
        if measure.key not in quoted and "amount_usd" not in measure.figures
    ]
    if not left:
        return
    told = {(item.entity, item.name) for item in rows.activities(facts)}
    made = [
        (
            short_name(facts.review, measure.row.entity),
            measure.row.measure_id,
            measure.phrase,
            _why(measure, told, wording),
        )
        for measure in left
    ]
    figures = [figure for measure in left for figure in measure.figures.values()]
    yield _table(wording, "unused", made, (3, 1, 6, 4), "", figures)


def _why(measure: Measured, told: set[tuple[str, str]], wording: Wording) -> str:
    row = measure.row
    if not row.is_chosen:
        return wording.text("unused.not_chosen")
    if (row.entity, row.activity_id) not in told:
        return wording.text("unused.activity")
    return wording.text("unused.wording")
