"""How staff print and protect one of our sheets: it stays as they set it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from wps_xl.office.excel.package.parts import MAIN, Relation, ids_in
from wps_xl.office.excel.package.ranges_kept import moved_areas
from wps_xl.office.excel.package.references import Move
from wps_xl.office.excel.package.sheet_part import add

_GUARDS = ("sheetProtection", "protectedRanges")
_SET_UP = ("printOptions", "pageMargins", "pageSetup")
_FONT = re.compile(r'&"[^"]*"|&\d+ ?|&K[0-9A-Fa-f]{6}')
_OUR_HEADER = re.compile(r"&L(?:(?!&C).)*, \d{4}-\d\d-\d\d, (?:(?!&C).)*&R&A", re.DOTALL)
_OUR_FOOTER = "&R&P/&N"


def keep_page(tree: etree._Element, old: etree._Element, move: Move | None) -> None:
    """Keep protection and page set-up of the file; our own header is renewed.

    ``move`` is given where the sheet holds a table: there page breaks are those of staff.
    """
    for name in (*_GUARDS, *_SET_UP):
        _take_over(tree, old, name)
    _keep_fit(tree, old)
    if not _is_ours(old.find(f"{MAIN}headerFooter")):
        _take_over(tree, old, "headerFooter", also_none=True)
    if move is not None:
        for entry in tree.iter(f"{MAIN}protectedRange"):
            entry.set("sqref", moved_areas(entry.get("sqref", ""), move) or "XFD1048576")
        _take_over(tree, old, "rowBreaks")
        _take_over(tree, old, "colBreaks")
        _move_breaks(tree, move)


def relations_of_page(old: etree._Element, relations: Sequence[Relation]) -> list[Relation]:
    """The relationships that the page set-up names: settings of a printer."""
    named = set(ids_in(old.findall(f"{MAIN}pageSetup")))
    return [relation for relation in relations if relation.id in named]


def _take_over(
    tree: etree._Element, old: etree._Element, name: str, also_none: bool = False
) -> None:
    found = old.findall(f"{MAIN}{name}")
    if found or also_none:
        for known in tree.findall(f"{MAIN}{name}"):
            tree.remove(known)
    for element in found:
        add(tree, deepcopy(element))


def _keep_fit(tree: etree._Element, old: etree._Element) -> None:
    """Whether the sheet is fitted to pages stands apart, in its properties."""
    fit = old.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr")
    properties = tree.find(f"{MAIN}sheetPr")
    if properties is None or old.find(f"{MAIN}pageSetup") is None:
        return
    for known in properties.findall(f"{MAIN}pageSetUpPr"):
        properties.remove(known)
    if fit is not None:
        properties.append(deepcopy(fit))


def _is_ours(header: etree._Element | None) -> bool:
    """Whether nobody changed the header and footer that we wrote."""
    if header is None:
        return False
    said = {
        etree.QName(entry).localname: _FONT.sub("", entry.text or "")
        for entry in header
        if entry.text
    }
    foot = said.pop("oddFooter", _OUR_FOOTER)
    return (
        set(said) == {"oddHeader"}
        and _OUR_HEADER.fullmatch(said["oddHeader"]) is not None
        and foot == _OUR_FOOTER
    )


def _move_breaks(tree: etree._Element, move: Move) -> None:
    """A break stands above a row, and left of a column, and goes with it."""
    for name in ("rowBreaks", "colBreaks"):
        for breaks in tree.findall(f"{MAIN}{name}"):
            for entry in list(breaks):
                after = int(entry.get("id")) + 1
                now = move.row(after) if name == "rowBreaks" else move.column(after)
                if now is None:
                    breaks.remove(entry)
                else:
                    entry.set("id", str(now - 1))
            breaks[:] = sorted(breaks, key=lambda entry: int(entry.get("id")))
            for count in ("count", "manualBreakCount"):
                breaks.set(count, str(len(breaks)))
            if not len(breaks):
                tree.remove(breaks)
