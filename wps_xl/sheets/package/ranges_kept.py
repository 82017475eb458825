"""What staff laid over ranges of our tables: links, colours by condition, lists of own columns."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from wps_xl.model import column_letter, column_number, split_address
from wps_xl.sheets.package.parts import MAIN, RID, Relation
from wps_xl.sheets.package.references import Move, Moves, followed
from wps_xl.sheets.package.sheet_part import add

_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_OURS_ONLY = ("conditionalFormattings", "dataValidations")


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
    return " ".join(f"{start}{row}:{end}{row}" for row in rows if row is not None)


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


def keep_rules(
    tree: etree._Element, old: etree._Element, sheet: str, move: Move, moves: Moves
) -> None:
    """Conditional formats of staff, and drop-down lists and merged cells in their own columns."""
    ours = {_rule(rule) for rule in tree.iter(f"{MAIN}cfRule")}
    highest = len(ours)
    for block in old.findall(f"{MAIN}conditionalFormatting"):
        copy = _moved(block, sheet, move, moves, "formula")
        written = [_rule(rule) for rule in block.findall(f"{MAIN}cfRule")]
        for rule, before in zip(copy.findall(f"{MAIN}cfRule"), written, strict=True):
            # Ours names the first row, whose line may be gone: then it is known as it was written.
            if not ours.isdisjoint((before, _rule(rule))):
                copy.remove(rule)
            else:
                highest += 1
                rule.set("priority", str(highest))
        if len(copy) and copy.get("sqref"):
            add(tree, copy)
    _keep_lists(tree, old, sheet, move, moves)
    _keep_newer(tree, old, sheet, move, moves)
    _keep_merged(tree, old, move)


def _rule(rule: etree._Element) -> tuple[object, ...]:
    formulas = tuple(formula.text for formula in rule.iter(f"{MAIN}formula"))
    return rule.get("type"), rule.get("operator"), formulas


def _moved(
    element: etree._Element, sheet: str, move: Move, moves: Moves, *formulas: str
) -> etree._Element:
    copy = deepcopy(element)
    copy.set("sqref", moved_areas(copy.get("sqref", ""), move))
    for name in formulas:
        for formula in copy.iter(f"{MAIN}{name}"):
            formula.text = followed(formula.text or "", sheet, moves).text
    return copy


def _is_beside(areas: str, move: Move) -> bool:
    """Whether ranges lie in columns of staff alone."""
    corners = areas.replace("$", "").replace(":", " ").split()
    columns = [column_number(corner.rstrip("0123456789")) for corner in corners]
    return bool(columns) and all(map(move.is_own, columns))


def _keep_lists(
    tree: etree._Element, old: etree._Element, sheet: str, move: Move, moves: Moves
) -> None:
    found = [
        _moved(rule, sheet, move, moves, "formula1", "formula2")
        for rule in old.iterfind(f"{MAIN}dataValidations/{MAIN}dataValidation")
        if _is_beside(rule.get("sqref", ""), move)
    ]
    found = [rule for rule in found if rule.get("sqref")]
    if not found:
        return
    standing = tree.find(f"{MAIN}dataValidations")
    if standing is None:
        standing = etree.Element(f"{MAIN}dataValidations")
        add(tree, standing)
    standing.extend(found)
    standing.set("count", str(len(standing)))


def _keep_newer(
    tree: etree._Element, old: etree._Element, sheet: str, move: Move, moves: Moves
) -> None:
    """The same as Excel 2010 and later stores them, in extensions; none of them is ours."""
    for extension in old.iterfind(f"{MAIN}extLst/{MAIN}ext"):
        kinds = {etree.QName(child).localname for child in extension if isinstance(child.tag, str)}
        if not kinds & set(_OURS_ONLY):
            continue
        copy = deepcopy(extension)
        for areas in list(copy.iter(f"{_XM}sqref")):
            rule = areas.getparent()
            listed = rule.tag == f"{_X14}dataValidation"
            new = moved_areas(areas.text or "", move)
            if not new or (listed and not _is_beside(areas.text or "", move)):
                rule.getparent().remove(rule)
            areas.text = new
        for formula in copy.iter(f"{_XM}f"):
            formula.text = followed(formula.text or "", sheet, moves).text
        if next(copy.iter(f"{_XM}sqref"), None) is not None:
            for rules in copy.iter(f"{_X14}dataValidations"):
                rules.set("count", str(len(rules)))
            extensions(tree).append(copy)


def extensions(tree: etree._Element) -> etree._Element:
    """The list of extensions of a sheet, made where it is missing."""
    found = tree.find(f"{MAIN}extLst")
    if found is None:
        found = etree.Element(f"{MAIN}extLst")
        add(tree, found)
    return found


def _keep_merged(tree: etree._Element, old: etree._Element, move: Move) -> None:
    for merged in old.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell"):
        area = move.area(merged.get("ref")) if _is_beside(merged.get("ref"), move) else None
        if area is None:
            continue
        standing = tree.find(f"{MAIN}mergeCells")
        if standing is None:
            standing = etree.Element(f"{MAIN}mergeCells")
            add(tree, standing)
        etree.SubElement(standing, f"{MAIN}mergeCell", ref=area)
        standing.set("count", str(len(standing)))
