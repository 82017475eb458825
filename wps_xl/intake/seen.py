"""What a person sees in a cell, where it is not what the cell holds: that is what was typed.

The value as seen is read with a note where there is one meaning, else asked about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from wps_xl.forms.definitions import Column, FormSheet
from wps_xl.intake import formats, numbers
from wps_xl.intake.cells import MARKED, Finding, Reader, Typed, failed
from wps_xl.intake.cover import show
from wps_xl.intake.formats import Shown
from wps_xl.intake.misfit import Misfit
from wps_xl.intake.nothing import BLANK, FAULT
from wps_xl.intake.tables import RawTable
from wps_xl.model import Look, Value, column_number, split_address
from wps_xl.model.text import squeezed, visible

AS_SHOWN, OTHERWISE, SCALED = "read-as-shown", "shown-otherwise", "scaled-number"
UNIT, HIDDEN, PART = "shown-unit", "hidden-value", "struck-part"
STRUCK, LINKED, SERIAL = "struck-out", "linked-value", "date-serial"
_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_FIGURES = re.compile(r"[0-9+\-()]+")
_FOR_NOTHING = "–"
_PIECES = re.compile(r"[^\W\d_]+|[%‰°€£¥₹₽₦₵₪₩₫₱฿₴₸₺]")
_TELLING = 3
"""How many letters of a unit are enough to know it."""
_MEANING = "<>≤≥=≠~≈±+*†‡§#^:/"
_PERCENT = re.compile(r"(?i)%|\bper ?cent|\bpercent")


@dataclass(frozen=True)
class Cell:
    """One cell of a return: its column, the unit beside it, what it holds and how it looks."""

    column: Column
    unit: str
    held: Value
    look: Look

    @property
    def is_money(self) -> bool:
        """Whether it takes an amount of money, in US dollars."""
        return self.column.code.endswith("_usd")

    @property
    def is_percentage(self) -> bool:
        """Whether it takes a number of per cent, by its rule or by the unit beside it."""
        return bool(self.column.rule("quotient") or _PERCENT.search(self.unit))

    @property
    def may_be_percentage(self) -> bool:
        """Whether it takes numbers of any kind: amounts and counts have a lower bound."""
        return not (self.column.rule("at-least") or self.column.rule("above"))


def as_seen(
    raw: RawTable, sheet: FormSheet, readers: Mapping[str, Reader]
) -> Iterator[tuple[int, str, Typed]]:
    """Position and column of each cell that is to be read as it looks, with what is read."""
    if not raw.grid.looks and not raw.grid.of_blanks:
        return
    columns = {letter: code for code, letter in raw.letters.items()}
    positions = {row: at for at, row in enumerate(raw.numbers)}
    units = raw.columns.get("unit", ())
    looks = {**raw.grid.looks, **dict.fromkeys(raw.grid.of_blanks, Look())}
    for address, look in looks.items():
        letters, row = split_address(address)
        if letters in columns and row in positions:
            code, at = columns[letters], positions[row]
            held = raw.columns[code][at]
            if address in raw.grid.of_blanks:
                yield at, code, _nothing(held, readers[code])
                continue
            unit = show(units[at]) if units and code != "unit" else ""
            read = seen(Cell(sheet.columns[code], unit, held, look), readers[code])
            if read is not None:
                yield at, code, read


def _nothing(held: Value, reader: Reader) -> Typed:
    """What a formula that points at blank cells is read as: what a word for nothing is."""
    read, (value, own) = reader(held), reader(_FOR_NOTHING)
    known = read[1] is not None and read[1].code in (BLANK, FAULT)
    if known or own is None or own.code not in (BLANK, FAULT):
        return read
    return value, replace(own, found="FALSE" if held is False else show(held))


def seen(cell: Cell, reader: Reader) -> Typed | None:
    """What a cell is read as by its look; None where its value alone says it all."""
    held, look = cell.held, cell.look
    if held is None or isinstance(held, bool):
        return None
    if look.hidden:
        return _with(reader(held), Finding(HIDDEN, visible(show(held))))
    if isinstance(held, str):
        return _pieces(cell, reader) if look.pieces else _words(cell, reader)
    if not look.format or not isinstance(held, int | float):
        return None
    found = formats.shown(held, look.format)
    if not found.text:
        return _hidden(reader(held), show(held))
    if cell.column.type == "number":
        return _number(cell, found)
    if cell.column.type in ("text", "code", "yesno") and found.text != show(held):
        note = Finding(AS_SHOWN, visible(found.text), expected=show(held))
        return _with(reader(found.text), note)
    return None


def _hidden(read: Typed, held: str) -> Typed:
    """What was read of a number that its format hides; that a day shows as a number is not so."""
    value, own = read
    is_day = own is not None and own.code == SERIAL
    return _with(
        (value, None) if is_day else read, Finding(HIDDEN, show(value) if is_day else held)
    )


def seen_on_cover(column: Column, held: Value, look: Look, reader: Reader) -> Typed | None:
    """What a line of the Cover is read as by its look, as ``seen``."""
    if _is_struck(look):
        return _with(reader(held), Finding(STRUCK, visible(show(held))))
    return seen(Cell(column, "", held, look), reader)


def _words(cell: Cell, reader: Reader) -> Typed | None:
    """A text whose format hides it, or shows words around it."""
    held = show(cell.held)
    text = formats.shown_text(held, cell.look.format) if cell.look.format else held
    if squeezed(text) == squeezed(held):
        return None
    if not squeezed(text):
        return _with(reader(cell.held), Finding(HIDDEN, visible(held)))
    return _with(reader(text), Finding(AS_SHOWN, visible(text), expected=visible(held)))


def _with(read: Typed, finding: Finding) -> Typed:
    """What was read, with a further finding; a fault of the value comes first."""
    value, own = read
    if own is None:
        return value, finding
    return value, replace(own, others=(*own.others, finding))


def _number(cell: Cell, found: Shown) -> Typed | None:
    return next(filter(None, (judge(cell, found) for judge in _JUDGES)), None)


def _other_money(cell: Cell, found: Shown) -> Typed | None:
    """Another currency: in a column of dollars it is none; elsewhere the unit must say it."""
    foreign = numbers.is_foreign(found.currency) or numbers.other_currency(found.text)
    if foreign and cell.is_money:
        return None, Finding("other-currency", visible(found.text))
    return None


def _percent(cell: Cell, found: Shown) -> Typed | None:
    if not found.is_percent:
        return None
    figure = found.figure
    if cell.is_percentage and figure == cell.held:
        return None
    if cell.is_percentage:
        return figure, Finding(AS_SHOWN, found.text, show(figure), expected=show(cell.held))
    if not cell.may_be_percentage:
        return None, Finding("not-a-number", found.text)
    return figure, Finding(UNIT, found.text, expected=_beside(cell, figure))


def _scaled(cell: Cell, found: Shown) -> Typed | None:
    """Thousands and millions that the format hides, or that its words say."""
    known = cell.unit.casefold().split()
    words = [word for word in found.words.split() if word.casefold() not in known]
    said = max(map(numbers.scale, words), default=1)
    if said == found.scale:
        return None
    if said > 1 and isinstance(found.figure, int | float):
        meant = show(round(found.figure * said, 2))
        return None, Finding(SCALED, found.text, meant, expected=show(cell.held))
    return cell.held, Finding(OTHERWISE, found.text, expected=show(cell.held))


def _turned(cell: Cell, found: Shown) -> Typed | None:
    """Words instead of a number, or a number below zero without its sign."""
    dash = cell.held == 0 and re.fullmatch(r"[-–—−\s0]*", found.text)
    if found.is_turned or (found.figure is None and not dash):
        return cell.held, Finding(OTHERWISE, visible(found.text), expected=show(cell.held))
    return None


def _unit(cell: Cell, found: Shown) -> Typed | None:
    """A unit in the format that neither the heading nor the unit beside the cell says."""
    known = f"{cell.column.heading} {cell.unit}".casefold()
    words = [word for word in found.words.split() if numbers.scale(word) == 1]
    if cell.is_money or numbers.is_dollars(known):
        words = [word for word in words if numbers.is_foreign(word)]
    pieces = [piece for word in words for piece in _PIECES.findall(word.casefold())]
    if all(_is_among(piece, known) for piece in pieces):
        return None
    return cell.held, Finding(UNIT, visible(found.text), expected=_beside(cell, cell.held))


def _is_among(piece: str, known: str) -> bool:
    """Whether a unit is said, at least by its beginning; scripts without spaces have none."""
    if not piece.isascii():
        return piece in known
    words = _PIECES.findall(known)
    return piece in words or (len(piece) >= _TELLING and any(w.startswith(piece) for w in words))


def _digits(cell: Cell, found: Shown) -> Typed | None:
    """Digits that the format adds, and signs beside them that make another number of it."""
    known = f"{cell.column.heading} {cell.unit}"
    words = [word for word in found.words.split() if word not in known]
    marks = "".join(words).removeprefix("+" if found.text.startswith("+") else "")
    if any(unicodedata.category(mark) == "Nd" for mark in marks):
        plain = re.sub(r"(?<=\d)[, ](?=\d{3})", "", found.text)
        if plain.isdecimal() and int(plain) != cell.held:
            return None, Finding(SCALED, found.text, plain, expected=show(cell.held))
    if any(mark in _MEANING or unicodedata.category(mark) in ("Nd", "No") for mark in marks):
        return cell.held, Finding(OTHERWISE, visible(found.text), expected=show(cell.held))
    return None


def _beside(cell: Cell, figure: Value) -> str:
    unit = f"“{visible(cell.unit)}”" if cell.unit else cell.column.heading
    return f"{show(figure)}, for {unit}"


_JUDGES: tuple[Callable[[Cell, Shown], Typed | None], ...] = (
    _other_money,
    _percent,
    _turned,
    _scaled,
    _unit,
    _digits,
)


def _pieces(cell: Cell, reader: Reader) -> Typed | None:
    """A text some pieces of which are set apart: marks of notes, struck or hidden pieces."""
    pieces = cell.look.pieces
    kept = squeezed("".join(text for how, text in pieces if not how))
    apart = [(how, text) for how, text in pieces if how and squeezed(text)]
    struck = "; ".join(text.strip() for how, text in apart if how in ("struck", "hidden"))
    if not apart or not kept:
        return None
    is_words = cell.column.type == "text" and not cell.column.numbers_rows
    if not is_words:
        shown = "".join(f"[{how}: {text}]" if how else text for how, text in pieces)
        return None, Finding(MARKED, visible(shown), kept)
    text = "".join(_set(how, text) for how, text in pieces)
    if struck:
        return _with(reader(text), Finding(PART, visible(struck), expected=visible(kept)))
    if text == cell.held:
        return None
    return _with(reader(text), Finding(AS_SHOWN, visible(text), expected=visible(show(cell.held))))


def _set(how: str, text: str) -> str:
    """A piece with its raised or lowered figures as the characters there are for them."""
    if how not in ("raised", "lowered") or not _FIGURES.fullmatch(text):
        return text
    return text.translate(_RAISED if how == "raised" else _LOWERED)


def struck_rows(raw: RawTable) -> Iterator[Misfit]:
    """A line for each row of data with cells that are struck out, or all pieces of which are."""
    rows: dict[int, list[str]] = {}
    known = set(raw.letters.values())
    within = set(raw.numbers)
    for address, look in raw.grid.looks.items():
        letters, row = split_address(address)
        is_of_a_row = row in within and letters in known and _is_struck(look)
        if is_of_a_row and raw.grid.value(row, column_number(letters)) is not None:
            rows.setdefault(row, []).append(address)
    columns = {letter: code for code, letter in raw.letters.items()}
    for row, cells in sorted(rows.items()):
        first, *others = sorted(cells, key=lambda one: column_number(split_address(one)[0]))
        letters = split_address(first)[0]
        value = raw.grid.value(row, column_number(letters))
        more = f", and so are {', '.join(others)}" if others else ""
        yield Misfit(
            STRUCK,
            first,
            columns[letters],
            visible(show(value)),
            other=more,
            row=row,
            also=tuple(others),
        )


def _is_struck(look: Look) -> bool:
    said = [how for how, text in look.pieces if squeezed(text)]
    return look.struck or (bool(said) and set(said) == {"struck"})


def broken_cells(raw: RawTable) -> Iterator[tuple[tuple[int, str], Finding]]:
    """Findings for cells that show an error, a formula without a result, an object, or what is no
    value at all."""
    columns = {letter: code for code, letter in raw.letters.items()}
    rows = set(raw.numbers)
    objects = dict.fromkeys(raw.grid.objects, "")
    for cell, shown in {
        **objects,
        **raw.grid.errors,
        **dict.fromkeys(raw.grid.uncached, ""),
    }.items():
        letters, row = split_address(cell)
        if letters in columns and row in rows:
            found = failed(shown) if shown else Finding("formula-without-result", "")
            found = Finding("cell-object", "") if cell in objects else found
            yield (row, columns[letters]), found


def linked_cells(
    raw: RawTable, findings: Mapping[tuple[int, str], Finding]
) -> dict[tuple[int, str], Finding]:
    """The findings for cells whose value another workbook gave, beside those there are."""
    columns = {letter: code for code, letter in raw.letters.items()}
    rows = set(raw.numbers)
    found: dict[tuple[int, str], Finding] = {}
    for cell, formula in raw.grid.linked.items():
        letters, row = split_address(cell)
        if letters in columns and row in rows and cell not in raw.grid.errors:
            said = findings.get((row, columns[letters]))
            linked = Finding(LINKED, visible(f"={formula}"))
            own = replace(said, others=(*said.others, linked)) if said else linked
            found[row, columns[letters]] = own
    return found
