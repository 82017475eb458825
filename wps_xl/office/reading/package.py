"""The workbook in a file: what may be opened, and where its sheets are."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from wps_xl.office.reading.archive import Archive, open_archive
from wps_xl.office.reading.signature import OF_NUMBERS, require_zip
from wps_xl.office.reading.unreadable import RefusedError

_WITH_MACROS = (".xlsm", ".xltm")
_TYPES = "[Content_Types].xml"
_STRICT = "http://purl.oclc.org/ooxml/"
_XML = (".xml", ".rels", ".vml")
# Every kind of sheet that Excel knows; only a worksheet has cells to read.
_CELLS = "worksheet"
_NO_CELLS = ("chartsheet", "dialogsheet", "macrosheet")
# The readers unpack these parts whole, whatever size the index gives. Deflate cannot make more
# than 1,032 bytes of one, so a small part does no harm.
_READ_WHOLE = ("sharedstrings", "styles")
_HARMLESS = 64 << 10
_NO_WORKBOOK = "an Office file without a workbook"
_MODIFIED = re.compile(rb"<(?:\w+:)?modified\b[^>]*>\s*([^<\s]+)\s*<")

# What the content type of the main part gives away: (part of the type, reason, found).
_OTHERS = (
    ("sheet.binary.", "old", "a binary workbook (.xlsb)"),
    ("wordprocessingml", "other", "a Word document"),
    ("ms-word", "other", "a Word document"),
    ("presentationml", "other", "a PowerPoint presentation"),
    ("ms-powerpoint", "other", "a PowerPoint presentation"),
)


@dataclass(frozen=True)
class SheetPart:
    """One sheet of a package: its name, the part that holds it, and what it is."""

    name: str
    part: str
    visible: bool
    kind: str = "worksheet"


@dataclass(frozen=True)
class Package:
    """A workbook that may be opened.

    ``texts`` is the part with the texts that sheets refer to by number, ``styles`` the one with
    the looks of cells; ``modified`` is the date inside the file, in UTC without zone. ``others``
    are sheets without cells: those of a single chart, dialogs and macros of old.
    """

    archive: Archive
    sheets: tuple[SheetPart, ...]
    texts: str
    strict: bool
    modified: dt.datetime | None
    styles: str = ""
    others: tuple[SheetPart, ...] = ()


@dataclass(frozen=True)
class Link:
    """One relationship: ``kind`` is the last word of its type, ``part`` its target.

    ``address`` is the target of one that leads out of the file.
    """

    kind: str
    part: str
    address: str = ""


def open_package(data: bytes, extension: str) -> Package:
    """The workbook in ``data``; raise ``RefusedError`` if it may not or cannot be opened."""
    require_zip(data)
    archive = open_archive(data)
    _require_workbook(archive)
    roots = _safe_roots(archive)
    links = links_of(archive, "")
    main = next((link.part for link in links.values() if link.kind == "officeDocument"), "")
    if not main:
        raise RefusedError("other", _NO_WORKBOOK)
    _require_excel(_content_type(archive, main), extension.lower())
    workbook = parsed(archive, main)
    if local(workbook) != "workbook":
        raise RefusedError("other", _NO_WORKBOOK)
    parts = links_of(archive, main)
    sheets = list(_sheets(workbook, parts, roots))
    return Package(
        archive,
        sheets=tuple(sheet for sheet in sheets if sheet.kind == _CELLS),
        texts=_part(parts.values(), "sharedStrings"),
        strict=workbook.tag.startswith("{" + _STRICT),
        modified=_modified(archive, links.values()),
        styles=_part(parts.values(), "styles"),
        others=tuple(sheet for sheet in sheets if sheet.kind != _CELLS),
    )


def _part(links: Iterable[Link], kind: str) -> str:
    return next((link.part for link in links if link.kind == kind), "")


def _require_workbook(archive: Archive) -> None:
    """Return if the zip file is an Office package."""
    if _TYPES in archive:
        return
    if "mimetype" in archive:
        kind = archive.read("mimetype").decode("ascii", "replace")
        if "opendocument.spreadsheet" in kind:
            raise RefusedError("old", "an OpenDocument spreadsheet (.ods)")
        raise RefusedError("other", "a document of another office program")
    if any(part.endswith(OF_NUMBERS) for part in archive.entries):
        raise RefusedError("numbers")
    raise RefusedError("other", "a zip archive without a workbook")


def _safe_roots(archive: Archive) -> dict[str, str]:
    """Root element of every XML part by part; raise ``RefusedError`` if one is a trap."""
    roots: dict[str, str] = {}
    for part, info in archive.entries.items():
        # Power Query keeps its own text, not XML, in customXml; no reader looks there.
        if part.endswith(_XML) and not part.startswith("customxml/"):
            roots[part] = archive.root(part)
            whole = posixpath.basename(part).startswith(_READ_WHOLE)
            if whole and info.compress_size > _HARMLESS:
                archive.read(part)
    return roots


def _require_excel(content_type: str, extension: str) -> None:
    """Return if the main part is a workbook of the kind that the file's name promises."""
    for word, reason, found in _OTHERS:
        if word in content_type:
            raise RefusedError(reason, found)
    macros = "macroenabled" in content_type
    if macros and extension not in _WITH_MACROS:
        raise RefusedError("macros", extension or "no .xlsm")
    if not macros and "spreadsheetml" in content_type and extension in _WITH_MACROS:
        raise RefusedError("no_macros")


def _content_type(archive: Archive, part: str) -> str:
    """The content type of a part in lower case, empty if none is given."""
    defaults: dict[str, str] = {}
    for element in parsed(archive, _TYPES):
        kind = element.get("ContentType", "").lower()
        if element.get("PartName", "").lower() == f"/{part.lower()}":
            return kind
        defaults["." + element.get("Extension", "").lower()] = kind
    return defaults.get(posixpath.splitext(part.lower())[1], "")


def links_of(archive: Archive, part: str) -> dict[str, Link]:
    """The relationships of a part, of the whole package if ``part`` is empty, by id."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in archive:
        return {}
    links: dict[str, Link] = {}
    for element in parsed(archive, relations):
        address = element.get("Target", "")
        target = posixpath.normpath(posixpath.join("/", folder, address)).lstrip("/")
        outside = element.get("TargetMode") == "External"
        kind = element.get("Type", "").rpartition("/")[2]
        link = Link(kind, "", address) if outside else Link(kind, target)
        links[element.get("Id", "")] = link
    return links


def _sheets(
    workbook: Element, links: Mapping[str, Link], roots: Mapping[str, str]
) -> Iterable[SheetPart]:
    """The sheets in the order of their tabs."""
    names: set[str] = set()
    for element in workbook.iter():
        if local(element) != "sheet":
            continue
        name = element.get("name", "")
        link = next((value for key, value in element.items() if key.endswith("}id")), "")
        if not link:  # Modules of Excel 95 macros stand in the list without a part.
            continue
        if name.casefold() in names:
            raise RefusedError("damaged", f"two of its sheets are called '{name}'")
        names.add(name.casefold())
        part = links[link].part if link in links else ""
        kind = _kind(name, roots.get(part.lower()))
        yield SheetPart(name, part, element.get("state", "visible") == "visible", kind)


def _kind(name: str, root: str | None) -> str:
    if root is None:
        raise RefusedError("damaged", f"its sheet '{name}' is missing")
    if root.lower() == "html":
        raise RefusedError("damaged", f"a web page stands where its sheet '{name}' should be")
    if root != _CELLS and root not in _NO_CELLS:
        raise RefusedError("damaged", f"its sheet '{name}' is not a sheet")
    return root


def _modified(archive: Archive, links: Iterable[Link]) -> dt.datetime | None:
    """When the workbook was last saved, by its own account; None if it does not say."""
    part = next((link.part for link in links if link.kind == "core-properties"), "")
    match = _MODIFIED.search(archive.read(part)) if part in archive else None
    if match is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(match[1].decode("ascii"))
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(dt.UTC).replace(tzinfo=None)
    except OverflowError:
        return None


def parsed(archive: Archive, part: str) -> Element:
    """The root of an XML part; raise ``RefusedError`` if it is broken or a trap."""
    return element_of(archive.read(part), part)


def element_of(content: bytes, part: str) -> Element:
    """The root of the XML of a part."""
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as fault:
        raise RefusedError(
            "unsafe", f"a piece inside it ({part}) does not begin as Office writes it"
        ) from fault
    except (ParseError, ValueError, LookupError) as fault:
        raise RefusedError("damaged", f"a piece inside it is broken ({part})") from fault
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
