"""The fields of the masthead and the properties of the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from docx.opc.coreprops import CoreProperties
from lxml import etree

from wps_xl.errors import CodebookError
from wps_xl.office.word.ooxml import clean, content_of, controls, run, w

NAMESPACE = "urn:wps-xl:report:1"
ORGAN_STYLES = frozenset(("SymbolOrgan", "SymbolOrganLarge"))
TEXT_PROPERTIES = frozenset(
    ("author", "category", "comments", "content_status", "identifier", "keywords", "language")
) | {"last_modified_by", "subject", "title", "version"}
DATE_PROPERTIES = frozenset(("created", "last_printed", "modified"))
LONGEST = 255


def values(fields: Mapping[str, str]) -> dict[str, str]:
    """The draft's fields as the template's controls are named.

    What is empty is left out, so that the template's place holder stays. The symbol
    is split, because its first letters stand large in the masthead.
    """
    found = {name: clean(text) for name, text in fields.items() if text}
    symbol = found.pop("symbol", "")
    if symbol:
        organ, slash, rest = symbol.partition("/")
        found |= {"symbol_organ": organ, "symbol_rest": slash + rest}
    return found


def fill(roots: Iterable[etree._Element], found: Mapping[str, str]) -> None:
    """Write the values into the controls of body, headers and footers."""
    for root in roots:
        for name, control in controls(root, "wps:field:"):
            if name in found:
                _replace(control.find(w("sdtContent")), found[name])
        if "symbol_organ" in found:
            _set_organ(root, found["symbol_organ"])


def standing(roots: Iterable[etree._Element]) -> dict[str, str]:
    """What the controls of headers and footers say now."""
    found = {
        name: "".join(text.text or "" for text in control.iter(w("t")))
        for root in roots
        for name, control in controls(root, "wps:field:")
    }
    return found


def bound_data(content: bytes, found: Mapping[str, str]) -> bytes:
    """The custom XML part behind the controls with the same values."""
    root = etree.fromstring(content)
    for name, text in found.items():
        node = root.find(f"{{{NAMESPACE}}}{name}")
        if node is not None:
            node.text = text
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bytes(written)


def set_properties(core: CoreProperties, properties: Mapping[str, str]) -> None:
    """Set properties of the file by python-docx's names; dates are in ISO form."""
    for name, text in properties.items():
        if name in DATE_PROPERTIES:
            setattr(core, name, moment(text))
        elif name in TEXT_PROPERTIES:
            setattr(core, name, clean(text)[:LONGEST])
        else:
            known = ", ".join(sorted(TEXT_PROPERTIES | DATE_PROPERTIES))
            raise CodebookError(f"A Word file has no property '{name}'. It has: {known}.")


def moment(text: str) -> dt.datetime:
    """An ISO date or moment, in universal time where it names a zone."""
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo is None else found.astimezone(dt.UTC).replace(tzinfo=None)


def _replace(content: etree._Element, text: str) -> None:
    """Put one run with ``text`` in the place of a control's runs, formatted as the first."""
    first = content.find(w("r"))
    formatting = first.find(w("rPr")) if first is not None else None
    made = run(text)
    if formatting is not None:
        made.insert(0, formatting)
    for node in content_of(content):
        content.remove(node)
    content.append(made)


def _set_organ(root: etree._Element, organ: str) -> None:
    for style in root.iter(w("rStyle")):
        if style.get(w("val")) in ORGAN_STYLES:
            for text in style.getparent().getparent().iter(w("t")):
                text.text = organ
