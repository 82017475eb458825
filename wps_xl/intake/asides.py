"""What people say in a return beside its cells: notes, comments, drawn things, files, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from wps_xl.forms.words import AUTHOR, words
from wps_xl.intake.account import ISSUED
from wps_xl.intake.catalogue import Place, issue
from wps_xl.intake.cover import show
from wps_xl.model import Aside, Book, Issue, Table, column_number, split_address
from wps_xl.model.text import show_control, squeezed, visible
from wps_xl.office.reading.asides import MARGIN, OTHER_SHEETS

# The first line of a note of our correction copies, whatever program saved the file since.
LEADS: Mapping[str, str] = {
    "error": "To correct – review office",
    "warning": "Please check – review office",
}
BROKEN = "broken part"
_CODES = {
    "note": "cell-note",
    "comment": "cell-note",
    "link": "link-behind-words",
    "embedded file": "embedded-file",
    BROKEN: "broken-part",
    **dict.fromkeys(OTHER_SHEETS.values(), "sheet-without-cells"),
}
_DRAWN = "drawn-object"
_SAID, _KEPT = 300, 30_000
_OURS = re.compile("|".join(map(re.escape, LEADS.values())))
_SCHEME = re.compile(r"(?:mailto:|https?://(?:www\.)?|file:/*)", re.IGNORECASE)


def told_asides(
    book: Book,
    where: Place,
    tables: Mapping[str, Table],
    is_our_margin: Callable[[str], bool],
) -> tuple[list[Issue], tuple[tuple[Aside, str], ...]]:
    """A line for each thing beside the cells that is not ours; and the fate of every one.

    Headers and footers as issued are left out; the same one on several sheets has one line.
    """
    issues: list[Issue] = []
    fates: list[tuple[Aside, str]] = []
    margins: set[str] = set()
    for aside in book.asides:
        is_margin = aside.kind == MARGIN
        if is_margin and is_our_margin(aside.words):
            continue
        own = _of_the_entity(aside, book)
        code = _CODES.get(aside.kind, _DRAWN) if own is not None else ISSUED
        fates.append((aside, code))
        if own is not None and not (is_margin and aside.words in margins):
            margins |= {aside.words} if is_margin else set()
            issues.append(_told(code, aside, own, _place(where, aside, tables)))
    return issues, tuple(fates)


def _of_the_entity(aside: Aside, book: Book) -> str | None:
    """The words that are not ours; None where there is nothing of the entity."""
    if aside.kind == "note":
        before = _OURS.split(aside.words)[0].strip()
        is_ours = before != aside.words.strip() and not before
        # LibreOffice does not keep who wrote a note.
        is_unsigned = aside.author.strip() in (AUTHOR, "")
        is_ours = is_ours or (is_unsigned and _is_of_last_cycle(before))
        return None if is_ours or not before else before
    if aside.kind == "link":
        grid = book.grids.get(aside.sheet)
        value = grid.value(*_at(aside.cell)) if grid and aside.cell else None
        return None if _same_address(show(value), aside.words) else aside.words
    return aside.words


def _is_of_last_cycle(text: str) -> bool:
    """Whether a note is one of a prefilled form, which tells what was reported before."""
    lead, _, rest = words("data")["last"].partition("{cycle}")
    middle = rest.partition("{text}")[0]
    return text.startswith(lead) and middle in text[len(lead) :]


def _at(cell: str) -> tuple[int, int]:
    letters, row = split_address(cell)
    return row, column_number(letters)


def _same_address(shown: str, address: str) -> bool:
    """Whether a cell shows the address that lies behind it."""
    bare = [_SCHEME.sub("", squeezed(text)).rstrip("/").casefold() for text in (shown, address)]
    return bool(bare[1]) and bare[1] in bare[0]


def _told(code: str, aside: Aside, own: str, where: Place) -> Issue:
    kept = show_control(own)[:_KEPT]
    said = visible(" ".join(own.split()), _SAID)
    holds = f"; it says “{said}”" if said else ""
    return issue(code, where, found=kept, words=said or "nothing", other=aside.kind, holds=holds)


def _place(where: Place, aside: Aside, tables: Mapping[str, Table]) -> Place:
    """The cell with the heading above it, where it is one of a table."""
    place = replace(where, sheet=aside.sheet, cell=aside.cell or None)
    if not aside.cell:
        return place
    letters, row = split_address(aside.cell)
    table = next((table for table in tables.values() if table.sheet == aside.sheet), None)
    place = replace(place, row=row)
    if table is None:
        return place
    codes = {letter: code for code, letter in table.letters.items()}
    code = codes.get(letters, "")
    return replace(place, column=code, heading=table.headings.get(code, ""))
