"""Takes out of the text of a document what is not on the list of what may stay.

Each function changes the XML it is given and yields what it took out, by the words of ``[said]``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from docx.opc.part import Part
from lxml import etree

from wps_xl.office.word.ooxml import w
from wps_xl.office.word.picture_bytes import cleaned

ADMITTED = tomllib.loads(Path(__file__).with_name("admitted.toml").read_text(encoding="utf-8"))
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OURS = "wps:"
Taken = Iterator[tuple[str, str]]
"""Pairs of a kind and a name or the words that were found."""


def local(name: object) -> str:
    """The name of an element or an attribute without its namespace; empty for a comment."""
    return str(name).rpartition("}")[2] if isinstance(name, str) else ""


def fields(root: etree._Element) -> Taken:
    """Unlink every field that may not stay: what it shows becomes text."""
    for simple in list(root.iter(w("fldSimple"))):
        if not _may_stay(simple.get(w("instr"), "")):
            yield "field", _word(simple.get(w("instr"), ""))
            unwrap(simple)
    frames: list[tuple[list[etree._Element], list[str], list[bool]]] = []
    for child in [child for run in root.iter(w("r")) for child in run]:
        kind = child.get(w("fldCharType")) if child.tag == w("fldChar") else ""
        if kind == "begin":
            for inside, _, shown in frames:
                if not shown:
                    inside.append(child)
            frames.append(([child], [], []))
            continue
        for inside, _, shown in frames:
            if not shown and child.tag != w("rPr"):
                inside.append(child)
        if not frames:
            continue
        marks, words, shown = frames[-1]
        if child.tag == w("instrText") and not shown:
            words.append(child.text or "")
        elif kind == "separate":
            shown.append(True)
        elif kind == "end":
            frames.pop()
            if not _may_stay("".join(words)):
                yield "field", _word("".join(words))
                for node in (*marks, child):
                    remove_from_run(node)


def _word(said: str) -> str:
    return (said.split() or ["?"])[0].upper()


def _may_stay(said: str) -> bool:
    words = said.split()
    inside = len(words) > 1 and words[0].upper() == "HYPERLINK" and words[1] == "\\l"
    return inside or _word(said) in ADMITTED["fields"]["stay"]


def remove_from_run(node: etree._Element) -> None:
    """Take out a piece, and its run where nothing else stood in it."""
    run = node.getparent()
    if run is None:
        return
    run.remove(node)
    if (
        run.tag == w("r")
        and run.getparent() is not None
        and not [c for c in run if c.tag != w("rPr")]
    ):
        run.getparent().remove(run)


def unwrap(node: etree._Element) -> None:
    """Put what an element holds in its place."""
    for inside in list(node):
        node.addprevious(inside)
    node.getparent().remove(node)


def links(root: etree._Element) -> Taken:
    """Links that lead out of the file become text."""
    for link in list(root.iter(w("hyperlink"))):
        if link.get(f"{_R}id") is not None:
            yield "relation", "hyperlink"
            unwrap(link)


def hidden(root: etree._Element, styles: Collection[str]) -> Taken:
    """Take out hidden text; ``styles`` are those whose text is hidden."""
    for run in list(root.iter(w("r"))):
        if run.getparent() is None or not _is_hidden(run, styles):
            continue
        pieces = [
            child for child in run if child.tag not in (w("rPr"), w("fldChar"), w("instrText"))
        ]
        words = "".join(node.text or "" for node in run.iter(w("t")))
        paragraph = next(run.iterancestors(w("p")), None)
        for child in pieces:
            remove_from_run(child)
        if pieces:
            yield "hidden", words
        if paragraph is not None and _ends_hidden(paragraph) and not any(paragraph.iter(w("r"))):
            _remove_paragraph(paragraph)


def _is_hidden(run: etree._Element, styles: Collection[str]) -> bool:
    own = run.find(f"{w('rPr')}/{w('vanish')}")
    if own is not None:
        return own.get(w("val")) not in ("0", "false", "off")
    named = [run.find(f"{w('rPr')}/{w('rStyle')}")]
    paragraph = next(run.iterancestors(w("p")), None)
    named += [paragraph.find(f"{w('pPr')}/{w('pStyle')}")] if paragraph is not None else []
    return any(style is not None and style.get(w("val")) in styles for style in named)


def _ends_hidden(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('vanish')}") is not None


def _remove_paragraph(paragraph: etree._Element) -> None:
    parent = paragraph.getparent()
    beside = [node for node in parent if node.tag == w("p") and node is not paragraph]
    if beside and paragraph.find(f"{w('pPr')}/{w('sectPr')}") is None:
        parent.remove(paragraph)


def elements(root: etree._Element) -> Taken:
    """Marks of programs and reviewers, comments in the XML, controls that are not ours."""
    for node in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        if node.getparent() is not None:
            yield "element", "comment"
            node.getparent().remove(node)
    for node in list(root.iter()):
        name = local(node.tag)
        if name in ADMITTED["elements"]["gone"] and node.getparent() is not None:
            if name not in ADMITTED["elements"]["quiet"]:
                yield "element", name
            remove_from_run(node)
        elif name in ADMITTED["elements"]["open"] and node.getparent() is not None:
            yield "element", name
            unwrap(node)
    for control in list(root.iter(w("sdt"))):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        content = control.find(w("sdtContent"))
        if content is not None and not (
            tag is not None and tag.get(w("val"), "").startswith(_OURS)
        ):
            yield "control", ""
            for inside in list(content):
                control.addprevious(inside)
            control.getparent().remove(control)


def attributes(root: etree._Element, known: Collection[str], numbers: Iterator[int]) -> Taken:
    """Revision ids, addresses and names of files; descriptions that the template does not have.

    ``numbers`` are those of drawings: no two of a file have the same.
    """
    for node in root.iter(etree.Element):
        for name in list(node.attrib):
            short = local(name)
            if short.startswith("rsid") or short in ADMITTED["attributes"]["gone"]:
                del node.attrib[name]
                yield "attribute", short
        if local(node.tag) == "docPr":
            node.set("id", str(next(numbers)))
        if local(node.tag) in ("docPr", "cNvPr"):
            node.set("name", f"Picture {node.get('id', '')}".strip())
            for name in ("descr", "title"):
                if node.get(name, "") not in known and node.attrib.pop(name, ""):
                    yield "picture", name
        if local(node.tag) == "imagedata":
            for name in [name for name in node.attrib if local(name) == "title"]:
                del node.attrib[name]
                yield "picture", "title"


def bookmarks(root: etree._Element, used: Collection[str]) -> Taken:
    """Bookmarks that no field and no link uses; their names are words of somebody."""
    gone = set()
    for start in list(root.iter(w("bookmarkStart"))):
        if start.get(w("name"), "") not in used:
            gone.add(start.get(w("id")))
            start.getparent().remove(start)
            if not start.get(w("name"), "").startswith("_"):
                yield "bookmark", start.get(w("name"), "")
    for end in list(root.iter(w("bookmarkEnd"))):
        if end.get(w("id")) in gone:
            end.getparent().remove(end)


def refused(root: etree._Element, part: Part) -> Iterator[etree._Element]:
    """What is read and cannot stay: objects, charts, other files, pictures that are elsewhere."""
    known: Mapping[str, object] = part.rels
    for node in root.iter(etree.Element):
        name = local(node.tag)
        if name in ADMITTED["elements"]["refused"]:
            yield node
        elif name in ("blip", "imagedata"):
            ids = [node.get(f"{_R}{key}") for key in ("embed", "id")]
            here = [part.rels[one] for one in ids if one in known]
            kept = [rel.target_part.blob for rel in here if not rel.is_external]
            if not any(cleaned(content) is not None for content in kept):
                yield node
