"""Each of our sheets made ready for the file: its view, and what staff hung on it, stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from wps_xl.office.excel.package import drawings, pivot_parts, sheet_part
from wps_xl.office.excel.package.blocks import NOTHING
from wps_xl.office.excel.package.carrying import KeptFrom, carry
from wps_xl.office.excel.package.drawings import Drawing
from wps_xl.office.excel.package.fresh import Fresh
from wps_xl.office.excel.package.page import keep_page, relations_of_page
from wps_xl.office.excel.package.parts import (
    DOCUMENT,
    MAIN,
    Content,
    Package,
    Relation,
    free_ids,
    relations_name,
    relations_xml,
    rename_ids,
    renamed,
)
from wps_xl.office.excel.package.ranges_kept import keep_links, link_relations, links_of_staff
from wps_xl.office.excel.package.references import STILL
from wps_xl.office.excel.package.stylesheet import Styles
from wps_xl.office.excel.package.workbook_part import Sheet


@dataclass
class ReadySheet:
    """One of our sheets on its way: its tree, its relationships to fresh and to kept parts."""

    tree: etree._Element
    fresh: Sequence[Relation]
    kept: Sequence[Relation] = ()
    drawing: Drawing | None = None
    kept_from: KeptFrom | None = None


def made_ready(
    file: Package,
    fresh: Fresh,
    sheet: Sheet,
    before: Sheet | None,
    pivots: pivot_parts.Standing,
) -> ReadySheet:
    """Our sheet with the view of the file and what staff hung on it."""
    package = fresh.package
    tree = package.tree(sheet.part)
    relations = [
        relation
        for relation in package.relations(sheet.part)
        if relation.kind != "pivotTable"
        or before is None
        or pivot_parts.name_of(package, relation.target) not in pivots.pinned
    ]
    drawing = _fresh_drawing(package, sheet.part)
    if before is None:
        for view in tree.iter(f"{MAIN}sheetView"):
            view.attrib.pop("tabSelected", None)
        return ReadySheet(tree, relations, drawing=drawing)
    old = sheet_part.frame_of(file, before.part)
    sheet_part.keep_view(tree, old, sheet.name in fresh.whole)
    hung = sheet_part.hung_on(old, file.relations(before.part))
    move = fresh.moves.get(sheet.name.casefold())
    keep_page(tree, old, move)
    links: Sequence[etree._Element] = links_of_staff(old, tree, move) if move else ()
    if move is None and sheet.name in fresh.whole:
        links = list(old.iter(f"{MAIN}hyperlink"))
        keep_links(tree, links, sheet.name, STILL, fresh.moved)
    relations_before = file.relations(before.part)
    kept = [
        *hung.relations,
        *relations_of_page(old, relations_before),
        *link_relations(links, relations_before),
        *_kept_pivots(file, before, pivots),
    ]
    charts = [
        chart
        for part in package.related(sheet.part, "drawing")
        for chart in drawings.charts_in(package, part)
    ]
    staff = None
    for part in file.related(before.part, "drawing"):
        staff = drawings.of_staff(file, part, sheet.name, move, charts)
    ids = free_ids(kept, len(relations) + 1)
    new = {relation.id: id_ for relation, id_ in zip(relations, ids, strict=False)}
    rename_ids(tree, new)
    if staff is not None and drawing is None:
        part = file.related(before.part, "drawing")[0]
        kept.append(Relation(ids[-1], f"{DOCUMENT}/drawing", part))
        sheet_part.add_drawing(tree, ids[-1])
        if staff.xml == file.read(part):
            # Nothing in it is ours, so the part is none of our business.
            staff = None
    sheet_part.hang(tree, hung)
    return ReadySheet(
        tree,
        [replace(relation, id=new[relation.id]) for relation in relations],
        kept,
        drawings.together(staff, drawing) if staff and drawing else drawing or staff,
        KeptFrom(file, before.part, old, links, move) if move else None,
    )


def _fresh_drawing(package: Package, sheet: str) -> Drawing | None:
    for part in package.related(sheet, "drawing"):
        return Drawing(package.read(part), fresh=package.relations(part))
    return None


def _kept_pivots(file: Package, sheet: Sheet, pivots: pivot_parts.Standing) -> list[Relation]:
    return [
        relation
        for relation in file.relations(sheet.part)
        if relation.kind == "pivotTable" and relation.target not in pivots.renewed
    ]


def sheet_contents(
    fresh: Fresh, sheet: Sheet, made: ReadySheet, names: Mapping[str, str], styles: Styles
) -> dict[str, Content]:
    """The parts of one sheet with its drawing, by their names in the file."""
    sheet_part.dress(made.tree, styles)
    blocks = fresh.blocks.get(sheet.name, ())
    contents: dict[str, Content] = {}
    rest = NOTHING
    if made.kept_from is not None:
        rest, contents = carry(fresh, sheet, made.tree, made.kept_from, styles)
    contents[names[sheet.part]] = sheet_part.with_blocks(made.tree, blocks, styles.cells, rest)
    relations = [*made.kept, *renamed(made.fresh, names)]
    if relations:
        contents[relations_name(names[sheet.part])] = relations_xml(relations)
    if made.drawing:
        named = next(r.target for r in relations if r.kind == "drawing")
        contents[named] = made.drawing.xml
        inner = [*made.drawing.kept, *renamed(made.drawing.fresh, names)]
        if inner:
            contents[relations_name(named)] = relations_xml(inner)
    return contents
