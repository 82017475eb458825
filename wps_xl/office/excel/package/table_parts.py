"""Our native tables on their way into the file: numbers of their own, names that nobody has."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from wps_xl.errors import OutputError
from wps_xl.notices import tell
from wps_xl.office.excel.package.fresh import Fresh
from wps_xl.office.excel.package.own_columns import widen
from wps_xl.office.excel.package.parts import (
    MAIN,
    TYPES,
    Content,
    Package,
    content_types,
    free_numbers,
    serialized,
)
from wps_xl.office.excel.package.references import Move
from wps_xl.office.excel.package.sheet_part import point_conditions
from wps_xl.office.excel.package.stylesheet import Styles


def table_contents(
    file: Package,
    fresh: Fresh,
    names: Mapping[str, str],
    gone: set[str],
    styles: Styles,
) -> dict[str, Content]:
    """Our tables with numbers of their own in the file, and what staff gave them."""
    package = fresh.package
    standing = {
        name: file.tree(name)
        for name, kind in content_types(file.tree(TYPES))[0].items()
        if kind.endswith(".table+xml") and name in file
    }
    for name in standing.keys() & gone:
        _tell_of_filter(standing[name])
    kept = {name: tree for name, tree in standing.items() if name not in gone}
    titles = {tree.get("displayName").casefold(): part for part, tree in kept.items()}
    taken = {int(tree.get("id")) for tree in kept.values()}
    contents: dict[str, Content] = {}
    ours = {part: package.tree(part) for part in names if part.startswith("xl/tables/")}
    for tree in ours.values():
        if tree.get("displayName").casefold() in titles:
            raise OutputError(
                f"The review workbook has a table {tree.get('displayName')} on a sheet that is not "
                "ours; wps_xl needs that name. Rename the table, or the sheet as it was before."
            )
    before = _before(fresh, standing)
    new = free_numbers([int(tree.get("id")) for tree in ours.values()], taken)
    for part, tree in ours.items():
        tree.set("id", str(new[int(tree.get("id"))]))
        point_conditions(tree, styles)
        if part in before:
            widen(tree, *before[part])
        contents[names[part]] = serialized(tree)
    return contents


def _before(
    fresh: Fresh, standing: Mapping[str, etree._Element]
) -> dict[str, tuple[etree._Element, Move]]:
    """Our tables as they stand in the file, and how they are laid anew, by the fresh part."""
    titles = {tree.get("displayName").casefold(): tree for tree in standing.values()}
    found = {}
    for sheet in fresh.sheets:
        move = fresh.moves.get(sheet.name.casefold())
        for part in fresh.package.related(sheet.part, "table") if move else ():
            old = titles.get(fresh.package.tree(part).get("displayName").casefold())
            if old is not None and move is not None:
                found[part] = (old, move)
    return found


def _tell_of_filter(table: etree._Element) -> None:
    """Rows are written in our order and all of them shown; those who sorted them are told."""
    if any(True for _ in table.iter(f"{MAIN}filterColumn", f"{MAIN}sortState")):
        tell(
            f"Table {table.get('displayName')} was sorted or filtered: all its rows are shown "
            "again, in our order."
        )
