"""The index of a workbook: its sheets, names and pivot caches after ours are renewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from wps_xl.office.excel.package.parts import MAIN, RID, Package

_ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize"),
    *("customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing"),
    *("fileRecoveryPr", "webPublishObjects", "extLst"),
)
_OURS_ON_A_SHEET = ("_xlnm.print_titles", "_xlnm._filterdatabase")


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook and its part."""

    name: str
    part: str
    entry: etree._Element


def sheets(package: Package, tree: etree._Element) -> list[Sheet]:
    """The sheets in order."""
    targets = {found.id: found.target for found in package.relations(package.workbook)}
    return [
        Sheet(entry.get("name"), targets[entry.get(RID)], entry)
        for entry in tree.iterfind(f"{MAIN}sheets/{MAIN}sheet")
    ]


def caches(package: Package, tree: etree._Element) -> dict[str, etree._Element]:
    """The entry of each pivot cache by its part."""
    targets = {found.id: found.target for found in package.relations(package.workbook)}
    entries = tree.iterfind(f"{MAIN}pivotCaches/{MAIN}pivotCache")
    return {targets[entry.get(RID)]: entry for entry in entries}


def section(tree: etree._Element, name: str) -> etree._Element:
    """The section of that name, made where it is missing, in the schema's order."""
    found = tree.find(f"{MAIN}{name}")
    if found is None:
        found = etree.Element(f"{MAIN}{name}")
        later = {f"{MAIN}{other}" for other in _ORDER[_ORDER.index(name) + 1 :]}
        at = next((at for at, child in enumerate(tree) if child.tag in later), len(tree))
        tree.insert(at, found)
    return found


def insert_sheets(tree: etree._Element, fresh: Sequence[Sheet], ids: Mapping[str, str]) -> None:
    """Enter the sheets that the file lacks, each behind the one before it in our order.

    ``ids`` has the relationship of each of them by name.
    """
    entries = section(tree, "sheets")
    before = list(entries)
    for at, sheet in enumerate(fresh):
        if sheet.name not in ids:
            continue
        known = {entry.get("name").casefold(): place for place, entry in enumerate(entries)}
        earlier = [known[s.name.casefold()] for s in fresh[:at] if s.name.casefold() in known]
        entry = deepcopy(sheet.entry)
        entry.set("sheetId", str(1 + max((int(e.get("sheetId")) for e in entries), default=0)))
        entry.set(RID, ids[sheet.name])
        entries.insert(1 + max(earlier, default=-1), entry)
    moved = {at: list(entries).index(entry) for at, entry in enumerate(before)}
    _follow(tree, moved)


def _follow(tree: etree._Element, moved: Mapping[int, int]) -> None:
    """Names and views count sheets by their place."""
    for name in tree.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        if name.get("localSheetId") is not None:
            name.set("localSheetId", str(moved[int(name.get("localSheetId"))]))
    for view in tree.iterfind(f"{MAIN}bookViews/{MAIN}workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            if view.get(attribute) is not None:
                place = int(view.get(attribute))
                view.set(attribute, str(moved.get(place, 0)))


def merge_names(tree: etree._Element, fresh: etree._Element) -> None:
    """Renew the names that are ours; the sheets already stand in the file's order."""
    places = {entry.get("name").casefold(): at for at, entry in enumerate(section(tree, "sheets"))}
    ours = [entry.get("name").casefold() for entry in section(fresh, "sheets")]
    new = []
    for name in fresh.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        copy = deepcopy(name)
        if name.get("localSheetId") is not None:
            copy.set("localSheetId", str(places[ours[int(name.get("localSheetId"))]]))
        new.append(copy)
    renewed = {_name(entry) for entry in new}
    own_places = {str(places[sheet]) for sheet in ours}
    entries = section(tree, "definedNames")
    for entry in list(entries):
        on_ours = entry.get("localSheetId") in own_places
        mechanical = entry.get("name").casefold().startswith(_OURS_ON_A_SHEET)
        if _name(entry) in renewed or (on_ours and mechanical):
            entries.remove(entry)
    entries.extend(new)
    if not len(entries):
        tree.remove(entries)


def _name(entry: etree._Element) -> tuple[str, str | None]:
    return entry.get("name").casefold(), entry.get("localSheetId")


def enter_caches(
    tree: etree._Element, gone: Sequence[etree._Element], new: Sequence[tuple[int, str]]
) -> None:
    """Replace entries of pivot caches; ``new`` has number and relationship of each."""
    entries = section(tree, "pivotCaches")
    for entry in gone:
        entries.remove(entry)
    for number, relation in new:
        etree.SubElement(entries, f"{MAIN}pivotCache", {"cacheId": str(number), RID: relation})
    if not len(entries):
        tree.remove(entries)


def compute_on_opening(tree: etree._Element) -> None:
    """Formulas of staff may rest on our cells, whose values are new."""
    section(tree, "calcPr").set("fullCalcOnLoad", "1")
    # LibreOffice writes it, and no schema allows it here; it is what holds without it, too.
    section(tree, "workbookPr").attrib.pop("dateCompatibility", None)
