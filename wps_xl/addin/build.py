"""Builds ``wps_xl.xlam`` from the text in macros/, the same bytes at every run, without Excel."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from wps_xl import __version__, assets
from wps_xl.addin.hardening import SETTINGS_SHEET, dictionary_class, hardened_module
from wps_xl.errors import CodebookError, OutputError
from wps_xl.office.excel.saving import put
from wps_xl.places import made, unwritable

NAME = "wps_xl.xlam"
IN_USE = "Close Excel, then try again."
MACROS = ("WpsRibbon.bas", "WpsRunner.bas", "WpsEvents.cls")
# What the hardened module reads from the add-in's own sheet. The interpreter stands in a file of
# the user's, which addin install writes.
SETTINGS = (
    ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),
    ("USE UDF SERVER", "False"),
    ("SHOW CONSOLE", "False"),
    ("SHOW_ERROR_POPUPS", "True"),
)
NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
OLD_NAMESPACE = "http://schemas.microsoft.com/office/2006/01/customui"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_RIBBONS = {
    "customUI.xml": "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    "customUI14.xml": "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
}
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>WPS 1325</dc:title>'
    "<dc:creator>wps_xl</dc:creator><dc:description>The reporting cycle on Security Council "
    "resolution 1325 (2000): buttons of wps_xl {version}</dc:description></cp:coreProperties>"
)


def build(folder: Path) -> Path:
    """Write the add-in into a folder; OutputError where that cannot be."""
    target = made(folder, "add-in") / NAME
    content = addin_bytes()
    try:
        put(target, content)
    except OSError as fault:
        raise OutputError(unwritable(target, fault, IN_USE)) from fault
    return target


def addin_bytes(modules: Mapping[str, str] | None = None, without: Collection[str] = ()) -> bytes:
    """The add-in file. ``modules`` replaces modules by name: tests put stubs for xlwings there."""
    sources = {**module_sources(), **(modules or {})}
    sources = {name: source for name, source in sources.items() if name not in without}
    _refuse_other_version(sources["WpsRunner"])
    with tempfile.TemporaryDirectory() as folder:
        parts = _office_parts(sources, Path(folder) / NAME)
    parts |= _our_parts(parts)
    return _packed(parts)


def known_by(addin: Path) -> tuple[str, bool]:
    """The version that an add-in's file says it is of, blank where none; whether it is signed."""
    try:
        with ZipFile(addin) as archive:
            about = archive.read("docProps/core.xml").decode()
            names = archive.namelist()
    except (OSError, KeyError, BadZipFile):
        return "", False
    found = re.search(r"buttons of wps_xl ([\w.]+)<", about)
    return found[1] if found else "", any("vbaProjectSignature" in name for name in names)


def module_sources() -> dict[str, str]:
    """Every module by name, as its stream holds it."""
    sources = {"ThisWorkbook": _macro("ThisWorkbook.cls")}
    sources |= {Path(name).stem: _macro(name) for name in MACROS}
    return {**sources, "xlwings": hardened_module(), "Dictionary": dictionary_class()}


def _macro(name: str) -> str:
    return assets.path(f"macros/{name}").read_text(encoding="cp1252")


def _refuse_other_version(runner: str) -> None:
    found = re.search(r'WPS_VERSION As String = "([^"]*)"', runner)
    if found is None or found[1] != __version__:
        raise CodebookError(
            f"macros/WpsRunner.bas is for version {found[1] if found else 'unknown'}, the package "
            f"is {__version__}. Change WPS_VERSION, then build again."
        )


def _office_parts(sources: Mapping[str, str], path: Path) -> dict[str, bytes]:
    """An empty add-in that Excel wrote, with our modules in its project."""
    from pyopenvba import ExcelFile
    from pyopenvba.vba import VBAModuleKind

    book = ExcelFile.create_new(path)
    project = book.vba_project()
    for name, source in sources.items():
        text = "\r\n".join(source.splitlines()) + "\r\n"
        if name in book.module_names():
            book.set_module(name, text)
            continue
        is_class = "Attribute VB_PredeclaredId" in source
        kind = VBAModuleKind.other if is_class else VBAModuleKind.standard
        project.add_module(name, text, kind=kind)
    project.delete_module("Module1")
    book.save()
    book.close()
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _our_parts(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts that are ours: ribbon twice, sheet of settings, who made it."""
    ribbon = assets.path("macros/ribbon.xml").read_text(encoding="utf-8")
    relations = "".join(
        f'<Relationship Id="wps{number}" Type="{kind}" Target="customUI/{name}"/>'
        for number, (name, kind) in enumerate(_RIBBONS.items(), start=1)
    )
    sheet = _once(parts, "xl/worksheets/sheet1.xml", "<sheetData/>", _settings_rows())
    sheet = sheet.replace(b'<dimension ref="A1"/>', b'<dimension ref="A1:B%d"/>' % len(SETTINGS))
    return {
        # Programs that rewrite the file may drop the newer one: the tab stays by the older one.
        "customUI/customUI14.xml": ribbon.encode(),
        "customUI/customUI.xml": ribbon.replace(NAMESPACE, OLD_NAMESPACE).encode(),
        "_rels/.rels": _once(
            parts, "_rels/.rels", "</Relationships>", f"{relations}</Relationships>"
        ),
        "xl/workbook.xml": _once(
            parts, "xl/workbook.xml", 'sheet name="Sheet1"', f'sheet name="{SETTINGS_SHEET}"'
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "docProps/app.xml": _once(
            parts, "docProps/app.xml", ">Sheet1<", f">{escape(SETTINGS_SHEET)}<"
        ),
        "docProps/core.xml": _CORE.format(version=__version__).encode(),
    }


def _settings_rows() -> str:
    rows = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{letter}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for letter, text in zip("AB", pair, strict=True)
        )
        + "</row>"
        for number, pair in enumerate(SETTINGS, start=1)
    )
    return f"<sheetData>{rows}</sheetData>"


def _once(parts: Mapping[str, bytes], name: str, old: str, new: str) -> bytes:
    """A part with one text replaced; CodebookError where it does not stand there exactly once."""
    text = parts[name].decode()
    if text.count(old) != 1:
        raise CodebookError(
            f"pyopenvba's empty add-in differs from the one that wps_xl knows: {name} holds "
            f"'{old}' {text.count(old)} times. Install the version that wps_xl asks for."
        )
    return text.replace(old, new).encode()


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """The same parts as the same bytes: fixed order and dates, content types first."""
    target = io.BytesIO()
    order = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
    with ZipFile(target, "w") as archive:
        for name in order:
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, parts[name])
    return target.getvalue()
