"""Workbooks of openpyxl as files: the same bytes for the same content, formulas with results."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from wps_xl.office.excel.repairs import repaired
from wps_xl.office.excel.saving import replace

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
    dense = io.BytesIO()
    with ZipFile(dense, "w", ZIP_DEFLATED) as archive:
        for name, part in parts_of(book, written, results).items():
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, part)
    return dense.getvalue()


def parts_of(book: Workbook, written: dt.datetime, results: Results) -> dict[str, bytes]:
    """The parts of the workbook file by name, in their order."""
    moment = written.astimezone(dt.UTC).replace(tzinfo=None) if written.tzinfo else written
    book.properties.created = book.properties.modified = moment.replace(microsecond=0)
    parts = _Parts()
    # Not book.save(): it would set `modified` to now.
    _Writer(book, cast(Any, parts)).write_data()
    patches = {book[sheet].path.lstrip("/"): cells for sheet, cells in results.items() if cells}
    for name, part in parts.items():
        part = repaired(name, part, _charts(parts, name))
        parts[name] = _with_results(part, patches[name]) if name in patches else part
    return parts


class _Parts(dict[str, bytes]):
    """What openpyxl takes for the archive that it writes into."""

    def writestr(self, name: str, content: bytes | str) -> None:
        self[name] = content.encode() if isinstance(content, str) else content

    @contextmanager
    def open(self, name: str, mode: str) -> Iterator[io.BytesIO]:
        part = io.BytesIO()
        yield part
        self[name] = part.getvalue()

    def namelist(self) -> list[str]:
        return list(self)


class _Writer(ExcelWriter):
    """openpyxl's writer without a file on the disk for each sheet."""

    def write_worksheet(self, sheet: Any) -> None:
        """As openpyxl does it, in memory."""
        sheet._drawing = SpreadsheetDrawing()
        sheet._drawing.charts, sheet._drawing.images = sheet._charts, sheet._images
        content = io.BytesIO()
        writer: Any = WorksheetWriter(sheet, content)
        writer.write()
        sheet._rels = writer._rels
        self._archive.writestr(sheet.path[1:], content.getvalue())  # type: ignore[attr-defined]
        self.manifest.append(sheet)


def _charts(parts: Mapping[str, bytes], drawing: str) -> dict[str, bytes]:
    """The charts of a drawing by their relationship; none for other parts."""
    folder, _, name = drawing.rpartition("/")
    index = f"{folder}/_rels/{name}.rels"
    if folder != "xl/drawings" or index not in parts:
        return {}
    entries = etree.fromstring(parts[index])
    found = {entry.get("Id"): entry.get("Target").lstrip("/") for entry in entries}
    return {id_: parts[part] for id_, part in found.items() if part.startswith("xl/charts/")}


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
