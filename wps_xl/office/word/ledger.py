"""What the tool wrote, kept inside the draft, so that a later run can tell a drafter's edits apart.

Every generated paragraph, heading and table has a hidden bookmark and an entry in a custom XML
part: key, bookmark, fingerprint, the text as it was written, and the cells behind it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from wps_xl.office.word.ooxml import clean, w

NAMESPACE = "urn:wps-xl:ledger:1"
FIELD = "field."
DELETED, DROPPED = "deleted", "dropped"
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        "…": "...",
        "\u2011": "-",
        "\xad": "",
        "½": "1/2",
        "¼": "1/4",
        "¾": "3/4",
    }
)


@dataclass(frozen=True)
class Entry:
    """One generated block: ``kind`` is paragraph, prompt, heading, table or contents.

    ``base`` of a table holds a line a row; ``above`` and ``below`` are its title and its notes.
    ``remarks`` stands for the comments on it. ``state`` is ``deleted`` where the drafter took it
    out, ``dropped`` where it is generated no more and the drafter's text stands.
    """

    key: str
    kind: str
    bookmark: str
    hash: str
    base: str
    cells: tuple[str, ...] = ()
    remarks: str = ""
    state: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


@dataclass
class _Reading:
    """Where the reader of a paragraph stands: how deep in fields, what was found so far."""

    notes: Mapping[str, str]
    found: list[str] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)


def visible_text(node: etree._Element, notes: Mapping[str, str]) -> str:
    """The text of a paragraph or table as if every tracked change were accepted.

    A footnote counts by its text, ``[fn: …]``, and a field by its instruction, ``{REF name}``,
    never by its result: renumbering is not an edit.

    Parameters
    ----------
    notes
        Note id to note text, as ``note_texts`` gives it.
    """
    reading = _Reading(notes)
    _read(node, reading)
    return "".join(reading.found)


def box_texts(root: etree._Element, notes: Mapping[str, str]) -> list[str]:
    """The text of each text box."""
    return [visible_text(box, notes) for box in root.iter(w("txbxContent"))]


def note_texts(root: etree._Element) -> dict[str, str]:
    """The text of each footnote by its id; paragraphs of one note are joined by a line end."""
    return {
        note.get(w("id")): "\n".join(
            visible_text(paragraph, {}).strip() for paragraph in note.iter(w("p"))
        )
        for note in root
        if not note.get(w("type"))
    }


def fingerprint(text: str) -> str:
    """Sixteen hexadecimal digits that stand for ``text``, however its spaces and signs are set.

    Word turns straight quotation marks and apostrophes by itself, which is no edit.
    """
    return digest(plain_signs(text))


def digest(text: str) -> str:
    """Sixteen hexadecimal digits that stand for ``text`` sign by sign, its spaces apart."""
    plain = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text).strip())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:16]


def plain_signs(text: str) -> str:
    """The text with straight signs, as a keyboard gives them, for comparing."""
    return text.translate(_SIGNS)


def to_xml(entries: Iterable[Entry], about: Mapping[str, str]) -> bytes:
    """The ledger as XML; ``about`` are attributes of the whole, such as run and workbook."""
    root = etree.Element(f"{{{NAMESPACE}}}ledger", nsmap={None: NAMESPACE})
    for name, value in about.items():
        root.set(name, clean(value))
    for entry in entries:
        line = etree.SubElement(root, f"{{{NAMESPACE}}}{entry.kind}")
        line.set("key", clean(entry.key))
        line.set("bookmark", entry.bookmark)
        line.set("hash", entry.hash)
        for name, text in (("remarks", entry.remarks), ("state", entry.state)):
            if text:
                line.set(name, text)
        etree.SubElement(line, f"{{{NAMESPACE}}}base").text = clean(entry.base)
        for tag, texts in (("cell", entry.cells), ("above", entry.above), ("below", entry.below)):
            for text in texts:
                etree.SubElement(line, f"{{{NAMESPACE}}}{tag}").text = clean(text)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bytes(content)


def from_xml(content: bytes) -> tuple[Entry, ...]:
    """The entries that ``to_xml`` wrote, in their order."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return tuple(_entries(etree.fromstring(content, parser)))


def fields_of(content: bytes) -> dict[str, str]:
    """The fields of the masthead among what ``to_xml`` wrote about the whole."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    about = etree.fromstring(content, parser).attrib
    return {
        str(name).removeprefix(FIELD): str(text)
        for name, text in about.items()
        if str(name).startswith(FIELD)
    }


def _entries(root: etree._Element) -> Iterator[Entry]:
    for line in root:
        base = line.findtext(f"{{{NAMESPACE}}}base") or ""
        yield Entry(
            key=line.get("key", ""),
            kind=etree.QName(line).localname,
            bookmark=line.get("bookmark", ""),
            hash=fingerprint(base),  # older records were made sign by sign
            base=base,
            cells=_texts(line, "cell"),
            remarks=line.get("remarks", ""),
            state=line.get("state", ""),
            above=_texts(line, "above"),
            below=_texts(line, "below"),
        )


def _texts(line: etree._Element, tag: str) -> tuple[str, ...]:
    return tuple(node.text or "" for node in line.iterfind(f"{{{NAMESPACE}}}{tag}"))


def _read(node: etree._Element, reading: _Reading) -> None:
    """Add to ``reading`` what ``node`` shows, child by child."""
    for child in node:
        if child.tag in _READERS:
            _READERS[child.tag](child, reading)
        elif child.tag not in _SKIPPED:
            _read(child, reading)
            if child.tag == w("p"):
                _show("\n", reading)


def _show(text: str, reading: _Reading) -> None:
    """Keep ``text`` unless it is the result of a field."""
    if not reading.instructions:
        reading.found.append(text)


def instruction(text: str) -> str:
    """What a field says: its kind and what it points to, without switches."""
    return "{" + " ".join(text.split()[:2]) + "}"


def _read_field(node: etree._Element, reading: _Reading) -> None:
    kind = node.get(w("fldCharType"))
    if kind == "begin":
        reading.instructions.append("")
    elif kind == "end" and reading.instructions:
        _show(instruction(reading.instructions.pop()), reading)


def _read_instruction(node: etree._Element, reading: _Reading) -> None:
    if reading.instructions:
        reading.instructions[-1] += node.text or ""


def _read_note(node: etree._Element, reading: _Reading) -> None:
    _show(f"[fn: {reading.notes.get(node.get(w('id')), '?')}]", reading)


_READERS: dict[str, Callable[[etree._Element, _Reading], None]] = {
    w("t"): lambda node, reading: _show(node.text or "", reading),
    w("tab"): lambda _, reading: _show("\t", reading),
    w("br"): lambda _, reading: _show("\n", reading),
    w("cr"): lambda _, reading: _show("\n", reading),
    w("noBreakHyphen"): lambda _, reading: _show("\u2011", reading),
    w("fldSimple"): lambda node, reading: _show(instruction(node.get(w("instr"), "")), reading),
    w("fldChar"): _read_field,
    w("instrText"): _read_instruction,
    w("footnoteReference"): _read_note,
}
# Deleted or moved away, formatting, text boxes that hang on a paragraph, and their second copy.
_SKIPPED = frozenset(
    (
        *(w("del"), w("moveFrom"), w("pPr"), w("rPr"), w("sdtPr"), w("tblPr"), w("trPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
        w("txbxContent"),
    )
)
