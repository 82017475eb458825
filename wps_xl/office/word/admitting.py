"""Holds every part, relationship, field and property of a document against what may stay in it."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.part import Part
from docx.opc.rel import Relationships, _Relationship
from lxml import etree

from wps_xl.office.word import inspecting, ledger, masthead, opening, package
from wps_xl.office.word.comments import AUTHOR
from wps_xl.office.word.inspecting import ADMITTED, Taken, local
from wps_xl.office.word.leftovers import BEGINS, EMBEDDED, Left
from wps_xl.office.word.ooxml import w
from wps_xl.office.word.picture_bytes import cleaned

_SIGN = re.compile(r"\[[^\]]+\]|YY|NN")
SHOWN = 6
LETTERS = 40
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    'openxmlformats.org/officeDocument/2006/extended-properties"><Application>wps_xl</Application>'
    "</Properties>"
)
_TEXTS = (RELATION.HEADER, RELATION.FOOTER, RELATION.FOOTNOTES, RELATION.ENDNOTES)
_LOOKS = (RELATION.STYLES, RELATION.NUMBERING, RELATION.FONT_TABLE, RELATION.SETTINGS)


def embedded(document: Document) -> list[Left]:
    """What is read and cannot stay, each with its paragraph."""
    found = []
    for part in _texts(document):
        holders: dict[etree._Element | None, etree._Element] = {}
        for node in inspecting.refused(package.root_of(part), part):
            holders.setdefault(next(node.iterancestors(w("p")), None), node)
        for holder, node in holders.items():
            words = "".join(t.text or "" for t in holder.iter(w("t"))) if holder is not None else ""
            begins = words if len(words) <= BEGINS else f"{words[:BEGINS].rstrip()}…"
            found.append(Left(EMBEDDED, "", begins, local(node.tag)))
    return found


def carried(document: Document, template: Path) -> list[tuple[str, str]]:
    """What the edition for submission would leave out, the document itself left as it is."""
    copy = docx.Document(io.BytesIO(package.content_of(document)))
    return [*commented(document), *purge(copy, template)]


def commented(document: Document) -> list[tuple[str, str]]:
    """The comments of others, each with its author; those of the draft itself go without a word."""
    authors = (comment.author for comment in document.comments)
    return [("comment", author) for author in authors if author != AUTHOR]


def told(taken: list[tuple[str, str]], begin: str = "taken_out") -> list[str]:
    """A line for each kind of these: how many, and which; it begins with words of ``[begin]``."""
    lines = []
    for kind, words in ADMITTED["said"].items():
        found = Counter(name for one, name in taken if one == kind)
        if found:
            names = [name[:LETTERS] for name in found if name]
            more = " …" if len(names) > SHOWN else ""
            shown = f" ({', '.join(names[:SHOWN])}{more})" if names else ""
            lines.append(f"{ADMITTED['begin'][begin]}: {found.total()} × {words}{shown}.")
    return lines


def reaching_out(taken: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those that fetch or send something when the file is opened or updated."""
    fields = ADMITTED["fields"]["reach_out"]
    return [
        one for one in taken if one[0] == "relation" or (one[0] == "field" and one[1] in fields)
    ]


def purge(document: Document, template: Path) -> Taken:
    """Take out what may not stay and yield it: a kind of ``[said]``, and a name or words."""
    known, numbers = _descriptions(template), count(1)
    hidden = _hidden_styles(document)
    texts = list(_texts(document))
    roots = {part: package.root_of(part) for part in texts}
    for root in roots.values():
        yield from inspecting.fields(root)
        yield from inspecting.links(root)
        yield from inspecting.hidden(root, hidden)
        yield from inspecting.elements(root)
        yield from inspecting.attributes(root, known, numbers)
    used = _used(roots.values())
    for part, root in roots.items():
        yield from inspecting.bookmarks(root, used)
        package.put_root(part, root)
        yield from _relations(part.rels, root)
    for kind in _LOOKS:
        for part in package.related(document, kind):
            root = package.root_of(part)
            yield from inspecting.elements(root)
            yield from inspecting.attributes(root, known, numbers)
            if kind == RELATION.SETTINGS:
                yield from _settings(root)
            package.put_root(part, root)
            yield from _relations(part.rels, root)
    yield from _pictures(texts)
    yield from _custom_xml(document)
    yield from _file(document)


def unfilled(document: Document, template: Path) -> list[str]:
    """Fields of the masthead that still say what the template says, such as the date."""
    there = masthead.standing(package.stories(opening.open_template(template)))
    here = masthead.standing(package.stories(document))
    return [text for name, text in here.items() if text == there.get(name) and _SIGN.search(text)]


def _texts(document: Document) -> Iterator[Part]:
    yield document.part
    for kind in _TEXTS:
        yield from package.related(document, kind)


def _relations(rels: Relationships, root: etree._Element) -> Taken:
    """Drop what leads out of the file, parts of a kind that may not stay, pictures not shown."""
    named = {
        value
        for node in root.iter(etree.Element)
        for name, value in node.attrib.items()
        if name.startswith(_R)
    }
    for key in list(rels):
        rel = rels[key]
        kind = rel.reltype.rpartition("/")[2]
        unused = kind == "image" and key not in named
        if rel.is_external:
            yield "relation", kind
        elif unused:
            yield "part", "image that is not shown"
        elif kind not in ADMITTED["relations"]["document"]:
            if kind not in ADMITTED["relations"]["quiet"]:
                yield "part", kind
        else:
            continue
        del rels[key]
        for node in root.iter(etree.Element):
            for name in [name for name, value in node.attrib.items() if value == key]:
                if name.startswith(_R):
                    del node.attrib[name]


def _pictures(texts: Iterable[Part]) -> Taken:
    """What the bytes of pictures tell beside what is seen."""
    shown = {rel.target_part for part in texts for rel in _images(part.rels)}
    for part in sorted(shown, key=lambda one: str(one.partname)):
        content = cleaned(part.blob)
        if content is not None and content != part.blob:
            yield "picture_data", str(part.partname).rpartition("/")[2]
            package.put_content(part, content)


def _images(rels: Relationships) -> list[_Relationship]:
    return [rel for rel in rels.values() if rel.reltype == RELATION.IMAGE and not rel.is_external]


def _settings(root: etree._Element) -> Taken:
    for node in list(root):
        if local(node.tag) not in ADMITTED["settings"]["stay"]:
            root.remove(node)
            yield "settings", local(node.tag)


def _custom_xml(document: Document) -> Taken:
    """Only the data behind the masthead stays; the record of the draft goes without a word."""
    mine = package.custom_part(document, masthead.NAMESPACE)
    ours = package.custom_part(document, ledger.NAMESPACE)
    for part in package.related(document, RELATION.CUSTOM_XML):
        if part is not mine:
            package.drop_part(document, part)
            if part is not ours:
                yield "part", "customXml"


def _file(document: Document) -> Taken:
    """The properties of the file, and what hangs on the file itself."""
    whole = document.part.package
    for key in list(whole.rels):
        rel = whole.rels[key]
        kind = rel.reltype.rpartition("/")[2]
        if rel.is_external or kind not in ADMITTED["relations"]["file"]:
            yield ("relation" if rel.is_external else "part"), kind
            del whole.rels[key]
        elif kind == "extended-properties":
            if b"<Company>" in rel.target_part.blob or b"<Manager>" in rel.target_part.blob:
                yield "property", "company, manager"
            package.put_content(rel.target_part, _APP.encode())
    core = document.core_properties._element
    for node in list(core):
        if local(node.tag) not in ADMITTED["properties"]["stay"]:
            text = (node.text or "").strip()
            if text and text != AUTHOR and local(node.tag) not in ADMITTED["properties"]["quiet"]:
                yield "property", f"{local(node.tag)} {text}"
            core.remove(node)


def _used(roots: Iterable[etree._Element]) -> set[str]:
    """Every word of a field, and the anchors of links."""
    used: set[str] = set()
    for root in roots:
        for paragraph in root.iter(w("p")):
            said = "".join(node.text or "" for node in paragraph.iter(w("instrText")))
            used |= set(said.replace('"', " ").split())
        used |= {
            word for node in root.iter(w("fldSimple")) for word in node.get(w("instr"), "").split()
        }
        used |= {node.get(w("anchor"), "") for node in root.iter(w("hyperlink"))}
    return used


def _hidden_styles(document: Document) -> set[str]:
    return {
        style.get(w("styleId"), "")
        for style in document.styles.element.iter(w("style"))
        for mark in [style.find(f"{w('rPr')}/{w('vanish')}")]
        if mark is not None and mark.get(w("val")) not in ("0", "false", "off")
    }


def _descriptions(template: Path) -> set[str]:
    """What the template says of its own pictures, for those who cannot see them."""
    return {
        node.get(name, "")
        for root in package.all_stories(opening.open_template(template))
        for node in root.iter(etree.Element)
        if local(node.tag) in ("docPr", "cNvPr")
        for name in ("descr", "title")
    }
