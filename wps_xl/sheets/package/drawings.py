"""Charts and pictures of one sheet: ours are told by their name, those of staff stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from wps_xl.sheets.package.parts import (
    Package,
    Relation,
    free_ids,
    ids_in,
    parsed,
    rename_ids,
    serialized,
)
from wps_xl.sheets.repairs import OUR_SHAPES

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@dataclass(frozen=True)
class Drawing:
    """A drawing part; its relationships to parts of the file, and to those that are fresh."""

    xml: bytes
    kept: Sequence[Relation] = ()
    fresh: Sequence[Relation] = ()


def of_staff(package: Package, part: str) -> Drawing | None:
    """The file's drawing without our shapes; None where staff added none."""
    xml = package.read(part)
    tree = parsed(xml)
    ours = [anchor for anchor in tree if _is_ours(anchor)]
    if len(ours) == len(tree):
        return None
    if not ours:
        return Drawing(xml, package.relations(part))
    for anchor in ours:
        tree.remove(anchor)
    used = set(ids_in([tree]))
    kept = [found for found in package.relations(part) if found.id in used]
    return Drawing(serialized(tree), kept)


def together(staff: Drawing, fresh: Drawing) -> Drawing:
    """One drawing with the shapes of both; the relationships of staff keep their ids."""
    tree, added = parsed(staff.xml), parsed(fresh.xml)
    ids = free_ids(staff.kept, len(fresh.fresh))
    new = {found.id: id_ for found, id_ in zip(fresh.fresh, ids, strict=True)}
    rename_ids(added, new)
    tree.extend(list(added))
    moved = [replace(found, id=new[found.id]) for found in fresh.fresh]
    return Drawing(serialized(tree), staff.kept, moved)


def _is_ours(anchor: etree._Element) -> bool:
    names = [shape.get("name", "") for shape in anchor.iter(f"{_DRAWING}cNvPr")]
    return bool(names) and all(name.startswith(OUR_SHAPES) for name in names)
