"""What rows name and no list knows: initiatives of a plan, symbols of documents."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wps_xl.intake.catalogue import issue
from wps_xl.intake.side_by_side import Gathering, Line, found_columns
from wps_xl.model import Issue
from wps_xl.model.text import visible
from wps_xl.rules.numbering import plain

_YEAR = re.compile(r"\s*\(\d{4}\)$")


def unknown_initiatives(here: Gathering) -> Iterator[Issue]:
    """A warning for each row that names an initiative which no plan of its entity has.

    A joint row may name one of a partner. Where no plan of theirs is known, a note says so once.
    """
    plans: dict[str, dict[str, dict[str, str]]] = {}
    for item, sheet in here.sheets():
        for column in sheet.columns.values():
            rule = column.rule("known-in")
            if rule is None or not found_columns(item, sheet.name, column.code):
                continue
            target, _, key = rule.operand.partition(".")
            if rule.operand not in plans:
                plans[rule.operand] = _planned(here, target, key)
            planned = plans[rule.operand]
            unchecked = []
            for line in here.lines_of(item, sheet):
                number = line.text(column.code)
                if not number:
                    continue
                partners = line.codes("joint_with") if "joint_with" in sheet.columns else []
                known = [planned[e] for e in (item.entity, *partners) if e in planned]
                if not any(known):
                    unchecked.append(line)
                elif not any(number.casefold() in one for one in known):
                    numbers = [number for one in known for number in one.values()]
                    yield _no_initiative(line, column.code, number, target, numbers)
            if unchecked:
                first, *others = unchecked
                yield issue(
                    "unchecked-initiative",
                    first.place(column.code),
                    found=first.text(column.code),
                    also=tuple(line.address(column.code, item) for line in others),
                )


def _planned(here: Gathering, sheet: str, key: str) -> dict[str, dict[str, str]]:
    """Entity to the numbers that its plans have: of returns of this run, and of the workbook.

    They are by what they are compared as.
    """
    plans = {
        entity: {number.casefold(): number for number in numbers}
        for entity, numbers in here.planned.items()
    }
    for line in here.lines(sheet):
        number = line.text(key)
        if number:
            plans.setdefault(line.owner.entity, {}).setdefault(number.casefold(), number)
    return plans


def _no_initiative(line: Line, code: str, number: str, sheet: str, known: Sequence[str]) -> Issue:
    """The issue with the initiative that is likely to be meant: in another form, or the nearest."""
    numbers = {plain(one): one for one in reversed(known)}
    near = difflib.get_close_matches(plain(number), numbers, n=1, cutoff=0.8)
    return issue(
        "unknown-initiative",
        line.place(code),
        found=visible(number),
        other=sheet,
        suggestion=numbers[near[0]] if near else "",
    )


def unknown_symbols(here: Gathering) -> Iterator[Issue]:
    """A warning for each symbol of a document that is in no list of documents."""
    organs = "|".join(map(re.escape, here.codebook.words("symbol_organs")))
    pattern = re.compile(rf"(?i)(?<![\w/.-])(?:{organs})(?:/[\w.\-]+)+(?: \(\d{{4}}\))?")
    documents = [row["symbol"] for row in here.codebook.tables["documents"]]
    known = {_bare(symbol): symbol for symbol in (*documents, here.cycle.symbol)}
    for item, sheet in here.sheets():
        table = item.tables[sheet.name]
        free = [c.code for c in sheet.columns.values() if c.type == "text" and not c.prefilled]
        for code in free:
            for at, value in enumerate(table.columns[code]):
                if not isinstance(value, str) or "/" not in value:
                    continue
                for match in pattern.finditer(value):
                    symbol = match[0].rstrip(".-")
                    if any(map(str.isdigit, symbol)) and not _is_known(symbol, known):
                        line = Line(item, sheet, at, table.numbers[at])
                        yield _unknown(line, code, symbol, known)


def _unknown(line: Line, code: str, symbol: str, known: dict[str, str]) -> Issue:
    near = difflib.get_close_matches(_bare(symbol), known, n=1, cutoff=0.8)
    meant = known[near[0]] if near else ""
    return issue(
        "unknown-symbol",
        replace(line.place(code), part=symbol),
        found=visible(symbol),
        suggestion=meant,
    )


def _bare(symbol: str) -> str:
    return _YEAR.sub("", symbol.strip()).casefold()


def _is_known(symbol: str, known: dict[str, str]) -> bool:
    """Whether the document is listed, itself or as the one of which this is an addendum."""
    bare = _bare(symbol)
    return bare in known or bare.rpartition("/")[0] in known
