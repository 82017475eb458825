"""Charts and pictures of one sheet: ours are told by their name, those of staff stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from wps_xl.model import column_letter
from wps_xl.notices import tell
from wps_xl.office.excel.package.parts import (
    RID,
    Package,
    Relation,
    free_ids,
    ids_in,
    parsed,
    rename_ids,
    serialized,
)
from wps_xl.office.excel.package.references import Move
from wps_xl.office.excel.repairs import OUR_SHAPES, title_and_figures

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# The numbers that openpyxl gives to axes; Excel draws numbers by lot.
_AXES = {"10", "100"}


@dataclass(frozen=True)
class Chart:
    """What a chart shows: its title and the columns of its figures; its first column, its axes."""

    title: str
    figures: frozenset[str]
    left: str
    axes: frozenset[str]

    def is_one_of(self, ours: Collection[Chart]) -> bool:
        """Whether it is one of these, whose title may be another in this run."""
        return any(
            bool(self.figures & one.figures)
            and (self.title == one.title or (self.left == one.left and self.axes <= _AXES))
            for one in ours
        )


@dataclass(frozen=True)
class Drawing:
    """A drawing part; its relationships to parts of the file, and to those that are fresh."""

    xml: bytes
    kept: Sequence[Relation] = ()
    fresh: Sequence[Relation] = ()


def of_staff(
    package: Package, part: str, sheet: str, move: Move | None, ours: Collection[Chart]
) -> Drawing | None:
    """The file's drawing without our shapes; None where staff added none.

    What stands at a row of a table goes with it. ``ours`` are the charts that the sheet gets: a
    program that drops names of shapes leaves them to be known by what they show.
    """
    xml = package.read(part)
    tree = parsed(xml)
    mine = [anchor for anchor in tree if _is_ours(anchor)]
    if not mine:
        shown = _shown(package, part, tree)
        mine = [anchor for anchor, chart in shown if chart.is_one_of(ours)]
    if len(mine) == len(tree):
        return None
    for anchor in mine:
        tree.remove(anchor)
    moved = [_follow(anchor, sheet, move) for anchor in tree if move and not move.is_still]
    if not (mine or any(moved)):
        return Drawing(xml, package.relations(part))
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


def charts_in(package: Package, part: str) -> list[Chart]:
    """What the charts of a drawing show."""
    return [chart for _, chart in _shown(package, part, package.tree(part))]


def _shown(
    package: Package, part: str, tree: etree._Element
) -> Iterator[tuple[etree._Element, Chart]]:
    targets = {relation.id: relation.target for relation in package.relations(part)}
    for anchor in tree:
        for entry in anchor.iter(f"{_CHART}chart"):
            if entry.get(RID) in targets:
                yield anchor, _chart(package.tree(targets[entry.get(RID)]), anchor)


def _chart(chart: etree._Element, anchor: etree._Element) -> Chart:
    title, figures = title_and_figures(chart)
    columns = ("".join(s for s in cells if not (s.isdigit() or s == "'")) for cells in figures)
    axes = (entry.get("val", "") for entry in chart.iter(f"{_CHART}axId"))
    left = anchor.findtext(f"{_DRAWING}from/{_DRAWING}col", "")
    return Chart(title, frozenset(columns), left, frozenset(axes))


def _is_ours(anchor: etree._Element) -> bool:
    names = _names(anchor)
    return bool(names) and all(name.startswith(OUR_SHAPES) for name in names)


def _names(anchor: etree._Element) -> list[str]:
    return [shape.get("name", "") for shape in anchor.iter(f"{_DRAWING}cNvPr")]


def _follow(anchor: etree._Element, sheet: str, move: Move) -> bool:
    """Bring a shape to where its first cell stands now; whether it is elsewhere then."""
    start = anchor.find(f"{_DRAWING}from")
    if start is None or anchor.get("editAs") == "absolute":
        return False
    row, column = (int(start.findtext(f"{_DRAWING}{name}")) + 1 for name in ("row", "col"))
    now = move.row(row)
    if now is None:
        now = next((n for n in map(move.row, range(row - 1, 0, -1)) if n is not None), 1)
        at, names = f"{column_letter(column)}{row}", " ".join(_names(anchor))
        tell(
            f"{sheet}!{at}: the row is gone at which you had put “{names}”. It stands at "
            f"{column_letter(move.column(column))}{now} now; move it or delete it."
        )
    steps = {"row": now - row, "col": move.column(column) - column}
    for corner in (start, *anchor.findall(f"{_DRAWING}to")):
        for name, step in steps.items():
            number = corner.find(f"{_DRAWING}{name}")
            number.text = str(int(number.text) + step)
    return any(steps.values())
