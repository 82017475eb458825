"""Repairs of what openpyxl writes, where Excel's rules or a validator demand more.

``repaired`` is called once for every part of a workbook that we write. The repairs that pivots
need are in the pivot classes themselves (``pivots/cache``, ``pivots/definition``): a pivot
without them is broken and not only untidy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
OUR_SHAPES = "wps_xl "
_FIRST_SHAPE = 5001

_FONT_ORDER = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)


def sort_fonts(styles: etree._Element) -> None:
    """Bring the children of each font into the order of Microsoft's schema.

    Excel reads any order, but Microsoft's validator rejects every file with openpyxl's.
    """
    for font in styles.iter(f"{_MAIN}font"):
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(etree.QName(child).localname))


def name_shapes(drawing: etree._Element) -> None:
    """Give our charts names and numbers of their own, by which a later run knows them as ours.

    openpyxl calls every chart by the name that Excel gives to those of its users.
    """
    for at, shape in enumerate(drawing.iter(f"{_DRAWING}cNvPr")):
        shape.set("id", str(_FIRST_SHAPE + at))
        shape.set("name", f"{OUR_SHAPES}{at + 1}")


def describe_charts(drawing: etree._Element, charts: Mapping[str, bytes]) -> None:
    """Give each chart the words that a screen reader says, from its title and its cells.

    ``charts`` are the charts' parts by the relationship that names them in the drawing.
    """
    for frame in drawing.iter(f"{_DRAWING}graphicFrame"):
        named = frame.find(f".//{_CHART}chart")
        chart = charts.get(named.get(_RID)) if named is not None else None
        if chart is not None:
            frame.find(f".//{_DRAWING}cNvPr").set("descr", described(etree.fromstring(chart)))


def described(chart: etree._Element) -> str:
    """What a chart shows, in words: its title, and where its figures stand."""
    title, figures = title_and_figures(chart)
    cells = ", ".join(dict.fromkeys(figures))
    return f"Bar chart: {title.rstrip('.')}. Its figures stand in {cells}."


def title_and_figures(chart: etree._Element) -> tuple[str, list[str]]:
    """The title of a chart, and the cells of its figures."""
    title = "".join(text.text or "" for text in chart.iterfind(f".//{_CHART}title//{_TEXT}t"))
    ranges = [f.text or "" for f in chart.iterfind(f".//{_CHART}val//{_CHART}f")]
    return title, [cells.replace("$", "") for cells in ranges]


Repair = Callable[[etree._Element], None]
REPAIRS: Mapping[str, Repair] = {"xl/styles.xml": sort_fonts, "xl/drawings/": name_shapes}
"""Part, or folder of parts → what is changed in its XML."""


def repaired(name: str, part: bytes, charts: Mapping[str, bytes] | None = None) -> bytes:
    """The part as it shall stand in the file; most come back as they are.

    ``charts`` are those of a drawing, see ``describe_charts``.
    """
    repair = REPAIRS.get(name) or REPAIRS.get(f"{name.rpartition('/')[0]}/")
    if repair is None or not name.endswith(".xml"):
        return part
    root = etree.fromstring(part)
    repair(root)
    if charts:
        describe_charts(root, charts)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
