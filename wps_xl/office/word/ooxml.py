"""Small pieces of WordprocessingML: elements, runs, fields, bookmarks, and text made safe."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
GAP = "[?]"
"""What is printed where a reference leads nowhere, or nothing fills a slot."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WHOLE = re.compile(r"\s*([+-]?[0-9]{1,9})(?:\.[0-9]+)?\s*")
_PIECES = re.compile(r"[^\n\t]+|[\n\t]")


def w(tag: str) -> str:
    """The qualified name of a tag or an attribute: ``w("p")`` is a paragraph."""
    return f"{{{NAMESPACE}}}{tag}"


def whole(text: str | None, known: int = 0) -> int:
    """The whole number that an attribute holds, ``known`` where it holds none."""
    found = _WHOLE.fullmatch(text or "")
    return int(found[1]) if found else known


def element(tag: str, **attributes: object) -> etree._Element:
    """A new element; the attributes are those of WordprocessingML."""
    made = etree.Element(w(tag), nsmap={"w": NAMESPACE})
    for name, value in attributes.items():
        made.set(w(name), str(value))
    return made


def add(parent: etree._Element, tag: str, **attributes: object) -> etree._Element:
    """A new last child of ``parent``."""
    made = element(tag, **attributes)
    parent.append(made)
    return made


def clean(text: str) -> str:
    """The text as Word can hold it: control characters as their pictures, one kind of line end.

    U+0001 becomes U+2401, so the reader sees that something odd was typed; half characters and
    the two that XML forbids become the replacement character.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub(_picture, lines)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def run(text: str, style: str = "", highlight: bool = False) -> etree._Element:
    """A run holding ``text``; line ends and tabs become Word's own."""
    made = element("r")
    _format(made, style, highlight)
    for piece in _PIECES.findall(clean(text)):
        if piece == "\n":
            add(made, "br")
        elif piece == "\t":
            add(made, "tab")
        else:
            _text(made, "t", piece)
    return made


def field(
    instruction: str, result: str, style: str = "", highlight: bool = False
) -> list[etree._Element]:
    """The runs of a field whose stored result is ``result``."""
    runs = [element("r") for _ in range(5)]
    for made in runs:
        _format(made, style, highlight)
    add(runs[0], "fldChar", fldCharType="begin")
    _text(runs[1], "instrText", f" {instruction} ")
    add(runs[2], "fldChar", fldCharType="separate")
    _text(runs[3], "t", clean(result))
    add(runs[4], "fldChar", fldCharType="end")
    return runs


def link(bookmark: str, text: str, highlight: bool = False) -> etree._Element:
    """Text that leads to a bookmark when clicked and does not renumber itself."""
    made = element("hyperlink", anchor=bookmark, history=1)
    made.append(run(text, highlight=highlight))
    return made


def paragraph(style: str, *content: etree._Element) -> etree._Element:
    """A paragraph of the style with that id."""
    made = element("p")
    add(add(made, "pPr"), "pStyle", val=style)
    made.extend(content)
    return made


def style_of(node: etree._Element) -> str:
    """The style id of a paragraph, empty where it has none."""
    found = node.find(f"{w('pPr')}/{w('pStyle')}")
    return str(found.get(w("val"))) if found is not None else ""


def content_of(node: etree._Element) -> list[etree._Element]:
    """What stands in a paragraph, its properties apart."""
    return [child for child in node if child.tag != w("pPr")]


def bookmark_name(key: str, prefix: str = "_wps_") -> str:
    """The hidden bookmark that stands for ``key``: always the same, at most 40 characters."""
    digest = hashlib.sha1(key.encode("utf-8", "surrogatepass"), usedforsecurity=False)
    return prefix + digest.hexdigest()[:12]


@dataclass
class Bookmarks:
    """Numbers the bookmarks of one document; ``used`` are the ids that stand in it already."""

    last: int = 0

    def around(self, name: str, inside: Iterable[etree._Element]) -> list[etree._Element]:
        """The elements between the two ends of a bookmark."""
        self.last += 1
        start = element("bookmarkStart", id=self.last, name=name)
        return [start, *inside, element("bookmarkEnd", id=self.last)]

    @classmethod
    def after(cls, body: etree._Element) -> Bookmarks:
        """Bookmarks numbered after those in ``body``."""
        ids = [node.get(w("id"), "") for node in body.iter(w("bookmarkStart"))]
        return cls(max((int(found) for found in ids if found.isdecimal()), default=0))


def controls(root: etree._Element, prefix: str) -> Iterator[tuple[str, etree._Element]]:
    """The content controls whose tag begins with ``prefix``: the rest of the tag, and the control.

    The list is made first, so controls may be moved or removed on the way.
    """
    for control in list(root.iter(w("sdt"))):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        value = str(tag.get(w("val"), "")) if tag is not None else ""
        if value.startswith(prefix):
            yield value.removeprefix(prefix), control


def texts(root: etree._Element) -> Iterator[str]:
    """The printed text of every paragraph below ``root``, fields by their stored results."""
    for node in root.iter(w("p")):  # a paragraph iterates over itself, too
        yield "".join(
            (piece.text or "") if piece.tag == w("t") else " "
            for piece in node.iter(w("t"), w("tab"), w("br"))
            if piece.getparent().tag == w("r")
        )


def _format(made: etree._Element, style: str, highlight: bool) -> None:
    if not style and not highlight:
        return
    properties = add(made, "rPr")
    if style:
        add(properties, "rStyle", val=style)
    if highlight:
        add(properties, "highlight", val="yellow")


def _text(made: etree._Element, tag: str, text: str) -> None:
    node = add(made, tag)
    node.text = text
    node.set(SPACE, "preserve")
