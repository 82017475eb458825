"""Workbooks of openpyxl as files: the same bytes for the same content, formulas with results."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree
from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from wps_xl.sheets.repairs import repaired
from wps_xl.sheets.saving import replace

Results = Mapping[str, Mapping[str, str | int]]
"""Sheet to address of a formula's cell to the result that is stored with it."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def save(
    book: Workbook, target: Path, written: dt.datetime, results: Results | None = None
) -> None:
    """Write ``book`` to ``target`` as of the moment ``written``, replacing it in one step.

    openpyxl stores formulas without their results, which every reader but Excel needs: those of
    ``results`` are stored beside them.
    """
    replace(target, packed(book, written, results or {}))


def packed(book: Workbook, written: dt.datetime, results: Results) -> bytes:
    """The bytes of the workbook file: the same for the same content."""
    moment = written.astimezone(dt.UTC).replace(tzinfo=None) if written.tzinfo else written
    book.properties.created = book.properties.modified = moment.replace(microsecond=0)
    loose = io.BytesIO()
    # Not book.save(): it would set `modified` to now.
    ExcelWriter(book, ZipFile(loose, "w", ZIP_STORED)).save()
    patches = {book[sheet].path.lstrip("/"): cells for sheet, cells in results.items() if cells}
    dense = io.BytesIO()
    with ZipFile(loose) as source, ZipFile(dense, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            part = repaired(name, source.read(name), _charts(source, name))
            part = _with_results(part, patches[name]) if name in patches else part
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, part)
    return dense.getvalue()


def _charts(source: ZipFile, drawing: str) -> dict[str, bytes]:
    """The charts of a drawing by their relationship; none for other parts."""
    folder, _, name = drawing.rpartition("/")
    index = f"{folder}/_rels/{name}.rels"
    if folder != "xl/drawings" or index not in source.namelist():
        return {}
    entries = etree.fromstring(source.read(index))
    found = {entry.get("Id"): entry.get("Target").lstrip("/") for entry in entries}
    return {id_: source.read(part) for id_, part in found.items() if part.startswith("xl/charts/")}


def _with_results(part: bytes, results: Mapping[str, str | int]) -> bytes:
    tree = etree.fromstring(part)
    for cell in tree.iter(f"{_MAIN}c"):
        formula = cell.find(f"{_MAIN}f")
        result = results.get(cell.get("r"))
        if formula is None or result is None:
            continue
        for stored in cell.findall(f"{_MAIN}v"):
            cell.remove(stored)
        if isinstance(result, str):
            cell.set("t", "str")
        etree.SubElement(cell, f"{_MAIN}v").text = str(result)
    xml: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml
