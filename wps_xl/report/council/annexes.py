"""Annexes: respondents and forms, entities by area, money, indicators, measures not quoted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wps_xl.analysis.indicators import results
from wps_xl.analysis.joint import joint
from wps_xl.analysis.money import amounts, dollars, shares
from wps_xl.codebook import CodeList
from wps_xl.model import Block, CellRef, Draft, DraftTable, Figure, Section, Value
from wps_xl.report.council import rows
from wps_xl.report.council.blocks import plain, prompt, short_name
from wps_xl.report.council.counts import name_of
from wps_xl.report.council.facts import Facts, Measure
from wps_xl.report.council.progress import classified
from wps_xl.report.council.remarks import sentences
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.report.editorial.names import order
from wps_xl.review import earlier_plan, register
from wps_xl.review.columns import headings, text
from wps_xl.review.columns import number as as_number
from wps_xl.review.layout import ENTITY
from wps_xl.review.workbook import Review

NONE = "–"
Row = Mapping[str, Value]


def annexes(facts: Facts, wording: Wording, draft: Draft) -> tuple[Section, ...]:
    """The annexes of a draft whose sections are known."""
    makers: dict[str, list[Block]] = {
        "respondents": [_respondents(facts.review, wording)],
        "matrix": list(_matrix(facts.review, wording)),
        "money": list(_money(facts, wording)),
        "indicators": list(_indicators(facts.review, wording)),
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
    lines: dict[str, dict[str, tuple[int, Row]]] = {}
    for number, line in review.records("Register"):
        lines.setdefault(str(line[ENTITY]), {})[str(line["Form"])] = (number, line)
    lines = {entity: found for entity, found in lines.items() if _takes_part(found.values())}
    made = []
    figures: list[Figure] = []
    for name in order(name_of(review.codebook, code) for code in lines):
        found = lines[name.code]
        said = []
        for form in forms:
            at, row = found.get(form, (0, {}))
            said.append(_state(row, wording))
            if at and row["Received"]:
                cell = review.cell("Register", at, "Received")
                figures.append(Figure(f"{name.code}.{form}.received", said[-1], said[-1], (cell,)))
        made.append((name.full, *said))
    head = (wording.text("heads.respondents"), *map(review.codebook["forms"].label, forms))
    widths = (4, *(2 for _ in forms))
    return _table(wording, "respondents", made, widths, "", figures, head=head)


def _takes_part(lines: Iterable[tuple[int, Row]]) -> bool:
    """Whether an entity was asked for a form, or sent one."""
    return any(
        row["Takes part"] == register.INVITED
        or row["Status"] in (*register.CAME, register.WITHDRAWN)
        for _, row in lines
    )


def _state(row: Row, wording: Wording) -> str:
    day = row.get("Received")
    if row.get("Status") == register.RECEIVED:
        said = style.date(day) if isinstance(day, dt.datetime) else str(row["Status"])
        office = row["Takes part"] != register.INVITED
        return wording.text("entered", date=said) if office else said
    if row.get("Status") == register.REPAIR:
        return wording.text("to_repair")
    return wording.text("missing") if row.get("Takes part") == register.INVITED else NONE


def _matrix(review: Review, wording: Wording) -> Iterator[Block]:
    """How many activities each entity reported under each heading (para. 43)."""
    known = classified(review, rows.activities(review, every=True))
    counts: Counter[tuple[str, str]] = Counter()
    cells: dict[tuple[str, str], list[CellRef]] = {}
    number_of = headings(review.codebook, "Progress")["activity_id"]
    for heading in known:
        for item in heading.activities:
            for entity in item.reporters:
                counts[entity, heading.code] += 1
                cell = review.cell("Progress", item.number, number_of)
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


def _money(facts: Facts, wording: Wording) -> Iterator[Block]:
    """What activities cost, a joint figure once, and what entities planned (paras. 24, 35)."""
    spent = _spent(facts, wording)
    planned = _resources(facts.review, wording)
    yield from (table for table in (spent, planned) if table is not None)
    if spent is None and planned is None:
        yield prompt(wording, "money")


def _spent(facts: Facts, wording: Wording) -> DraftTable | None:
    review = facts.review
    found = amounts(review)
    if not found:
        return None
    column = headings(review.codebook, "Measures")
    by_number = {measure.number: measure for measure in facts.measures.values()}
    made = []
    figures: list[Figure] = []
    shared = False
    for item in found:
        measure = by_number[item.number]
        printed = style.amount(dollars(item.cents)) + ("" if item.counted else "^a")
        shared = shared or not item.counted
        made.append(
            (
                short_name(review, item.entity),
                text(measure.row[column["measure"]]),
                _label(review.codebook["funding_sources"], item.source),
                _label(review.codebook["precisions"], item.precision),
                printed,
            )
        )
        figures += measure.figures.values()
    total = dollars(sum(item.cents for item in found if item.counted))
    cells = tuple(review.cell("Measures", item.number, column["amount_usd"]) for item in found)
    figures.append(Figure("amounts.total", total, style.amount(total), cells))
    made.append(("Total", "", "", "", style.amount(total)))
    notes = (wording.text("amount.shared"),) if shared else ()
    return _table(wording, "spent", made, (3, 5, 2, 2, 2), "llllr", figures, notes=notes)


def _resources(review: Review, wording: Wording) -> DraftTable | None:
    column = headings(review.codebook, "Resources")
    codes = {"core": "core_usd", "extrabudgetary": "extrabudgetary_usd"}
    cents: Counter[tuple[str, str]] = Counter()
    for share in shares(review):
        cents[share.entity, share.source] += share.cents
    if not cents:
        return None
    cells: dict[tuple[str, str], list[CellRef]] = {}
    for at, row in review.records("Resources"):
        for source, code in codes.items():
            if as_number(row[column[code]]) is not None:
                cell = review.cell("Resources", at, column[code])
                cells.setdefault((text(row[ENTITY]), source), []).append(cell)
                cells.setdefault(("total", source), []).append(cell)
    entities = order(name_of(review.codebook, code) for code in {entity for entity, _ in cents})
    made = []
    figures: list[Figure] = []
    for name in entities:
        sums = [cents[name.code, source] for source in codes]
        printed = [style.amount(dollars(value)) for value in (*sums, sum(sums))]
        made.append((short_name(review, name.code), *printed))
        figures += _sums(name.code, sums, codes, cells)
    sums = [sum(c for (_, s), c in cents.items() if s == source) for source in codes]
    figures += _sums("total", sums, codes, cells)
    made.append(("Total", *(style.amount(dollars(v)) for v in (*sums, sum(sums)))))
    return _table(wording, "resources", made, (4, 2, 2, 2), "lrrr", figures)


def _sums(
    name: str,
    sums: Sequence[int],
    sources: Mapping[str, str],
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


def _indicators(review: Review, wording: Wording) -> Iterator[Block]:
    """The results of the plan with baseline, target and latest value (paras. 45, 49)."""
    found = results(review, joint(review, "Initiatives"))
    if not found:
        yield prompt(wording, "indicators")
        return
    places = {
        (sheet, text(row[ENTITY]), text(row[headings(review.codebook, sheet)["result_id"]])): at
        for sheet in ("Results", "Updates")
        for at, row in review.records(sheet)
    }
    places |= {
        (earlier_plan.SHEET, text(row[ENTITY]), text(row["Result No."])): at
        for at, row in review.records(earlier_plan.SHEET)
    }
    made, figures = [], []
    for item in found:
        values = {"baseline": item.baseline, "target": item.target, "latest": item.latest}
        printed = {name: _number(value) for name, value in values.items()}
        rating = _label(review.codebook["ratings"], item.rating)
        indicator = review.codebook["common_indicators"].label(item.common) or item.indicator
        indicator += f", {item.unit}" if item.unit else ""
        made.append((short_name(review, item.entity), indicator, *printed.values(), rating))
        for name, value in values.items():
            sheet = "Updates" if name == "latest" else item.plan
            at = places.get((sheet, item.entity, item.number))
            if value is not None and at is not None:
                names = headings(review.codebook, "Updates")
                cell = review.cell(sheet, at, names[name])
                key = f"{item.entity}.{item.number}.{name}"
                figures.append(Figure(key, value, printed[name], (cell,)))
    yield _table(wording, "indicators", made, (3, 7, 2, 2, 2, 2), "llrrrl", figures)


def _number(value: float | None) -> str:
    return NONE if value is None else style.in_figures(value)


def _unused(facts: Facts, wording: Wording, draft: Draft) -> Iterator[Block]:
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
    told = {(item.entity, item.name) for item in rows.activities(facts.review)}
    made = [
        (
            short_name(facts.review, measure.entity),
            measure.name,
            measure.phrase,
            _why(measure, told, wording),
        )
        for measure in left
    ]
    figures = [figure for measure in left for figure in measure.figures.values()]
    yield _table(wording, "unused", made, (3, 1, 6, 4), "", figures)


def _why(measure: Measure, told: set[tuple[str, str]], wording: Wording) -> str:
    if not measure.chosen:
        return wording.text("unused.not_chosen")
    if (measure.entity, measure.activity) not in told:
        return wording.text("unused.activity")
    return wording.text("unused.wording")
