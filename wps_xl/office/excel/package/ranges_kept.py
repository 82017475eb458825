"""What staff laid over ranges of our tables: links, merged cells of columns of their own."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from wps_xl.model import column_letter, column_number, split_address
from wps_xl.notices import tell
from wps_xl.office.excel.package.parts import MAIN, RID, Relation
from wps_xl.office.excel.package.references import Move, Moves, followed
from wps_xl.office.excel.package.sheet_part import add


def moved_areas(areas: str, move: Move) -> str:
    """Cells and ranges, parted by spaces, where they stand now; those that are gone left out."""
    found = [move.area(area) or _cells_left(area, move) for area in areas.split()]
    return " ".join(area for area in found if area)


def _cells_left(area: str, move: Move) -> str:
    """The rows of a range that lies apart now, one by one."""
    first, _, last = area.replace("$", "").partition(":")
    (left, top), (right, bottom) = split_address(first), split_address(last or first)
    rows = [move.row(number) for number in range(top, bottom + 1)]
    start, end = _now(left, move), _now(right, move)
    found = [(f"{start}{row}", f"{end}{row}") for row in rows if row is not None]
    return " ".join(one if one == other else f"{one}:{other}" for one, other in found)


def _now(letters: str, move: Move) -> str:
    return column_letter(move.column(column_number(letters)))


def links_of_staff(old: etree._Element, fresh: etree._Element, move: Move) -> list[etree._Element]:
    """Links that staff put on cells; ours stand in generated columns that have links anew."""
    ours = {split_address(_first(link))[0] for link in fresh.iter(f"{MAIN}hyperlink")}

    def is_ours(link: etree._Element) -> bool:
        at = column_number(split_address(_first(link))[0])
        letter = _now(split_address(_first(link))[0], move)
        return not move.is_own(at) and letter in ours

    return [link for link in old.iter(f"{MAIN}hyperlink") if not is_ours(link)]


def _first(link: etree._Element) -> str:
    return str(link.get("ref")).partition(":")[0].replace("$", "")


def keep_links(
    tree: etree._Element, links: Iterable[etree._Element], sheet: str, move: Move, moves: Moves
) -> None:
    """Put the links of staff on their cells."""
    found = []
    for link in links:
        ref = moved_areas(link.get("ref"), move)
        if not ref:
            continue
        copy = deepcopy(link)
        copy.set("ref", ref.split()[0])
        if copy.get("location"):
            copy.set("location", followed(copy.get("location"), sheet, moves).text)
        found.append(copy)
    if found:
        standing = tree.find(f"{MAIN}hyperlinks")
        if standing is None:
            standing = etree.Element(f"{MAIN}hyperlinks")
            add(tree, standing)
        standing.extend(found)


def link_relations(
    links: Iterable[etree._Element], relations: Iterable[Relation]
) -> list[Relation]:
    """The relationships that links to somewhere else name."""
    named = {link.get(RID) for link in links}
    return [relation for relation in relations if relation.id in named]


def is_beside(areas: str, move: Move) -> bool:
    """Whether ranges lie in columns of staff alone."""
    return all(map(move.is_own, columns_of(areas)))


def columns_of(areas: str) -> list[int]:
    """The columns of all ranges."""
    found: list[int] = []
    for area in areas.replace("$", "").split():
        first, _, last = area.partition(":")
        left, right = (column_number(c.rstrip("0123456789")) for c in (first, last or first))
        found += range(left, right + 1)
    return found


def keep_merged(tree: etree._Element, old: etree._Element, sheet: str, move: Move) -> None:
    """Keep cells merged that staff merged in columns of their own."""
    apart = []
    for merged in old.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell"):
        ref = merged.get("ref")
        area = move.area(ref) if is_beside(ref, move) else None
        if area is None:
            apart += [ref] if is_beside(ref, move) and moved_areas(ref, move) else []
            continue
        standing = tree.find(f"{MAIN}mergeCells")
        if standing is None:
            standing = etree.Element(f"{MAIN}mergeCells")
            add(tree, standing)
        etree.SubElement(standing, f"{MAIN}mergeCell", ref=area)
        standing.set("count", str(len(standing)))
    if apart:
        tell(
            f"Sheet {sheet}: {', '.join(apart)} are merged no more, as their rows are gone or lie "
            "apart now. Merge them again if you need it."
        )
