"""A paragraph as words, marks of footnotes and fields, for comparing two of them word by word."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from wps_xl.office.word.ledger import instruction
from wps_xl.office.word.ooxml import SPACE, element, w
from wps_xl.office.word.ooxml import field as word_field
from wps_xl.office.word.revisions import GONE

_WORDS = re.compile(r"\s+|\w+(?:[.,'’\-/]\w+)*|[^\w\s]")
_CONTROLS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}
_TEXTS = frozenset((w("t"), *_CONTROLS))
_NO_WORDS = frozenset((w("pPr"), w("sdtPr"), *GONE))
_FORMATTING_MARKS = frozenset(map(w, ("ins", "del", "rPrChange")))
_HIDDEN_LINK = "_wps"


@dataclass
class Token:
    """One word, blank, mark or field: what it says and the elements that carry it.

    ``kind`` is text, note, field or link; ``whole`` is a link with its runs.
    """

    key: str
    nodes: list[etree._Element]
    kind: str = "text"
    whole: etree._Element | None = None


@dataclass
class _Cutting:
    """Where the cutter of a paragraph stands: what was found, and the field it is in."""

    notes: Mapping[str, str]
    found: list[Token] = field(default_factory=list)
    depth: int = 0


def cut(paragraph: etree._Element, notes: Mapping[str, str]) -> list[Token]:
    """Cut the live runs of a paragraph so that each carries one token; its tokens in order.

    ``join`` puts neighbouring runs together again.
    """
    cutting = _Cutting(notes)
    _cut(paragraph, cutting)
    return cutting.found


def join(paragraph: etree._Element) -> None:
    """Put neighbouring runs of text with the same formatting together."""
    for node in list(paragraph.iter(w("r"))):
        before = node.getprevious()
        if before is not None and before.tag == w("r") and _alike(before, node):
            _append(before, node)
            node.getparent().remove(node)


def _cut(parent: etree._Element, cutting: _Cutting) -> None:
    for node in list(parent):
        if node.tag in _NO_WORDS:
            continue
        if node.tag == w("fldSimple"):
            for piece in _as_runs(node):
                _cut_run(piece, cutting)
        elif node.tag == w("hyperlink") and node.get(w("anchor"), "").startswith(_HIDDEN_LINK):
            _keep_link(node, cutting)
        elif node.tag == w("r"):
            for piece in _pieces(node):
                _cut_run(piece, cutting)
        else:
            _cut(node, cutting)


def _cut_run(node: etree._Element, cutting: _Cutting) -> None:
    """Add a run that holds one thing to the tokens."""
    inside = next((child for child in node if child.tag != w("rPr")), None)
    if inside is None:
        return
    kind = inside.get(w("fldCharType")) if inside.tag == w("fldChar") else None
    if kind == "begin" and cutting.depth == 0:
        cutting.found.append(Token("", [], "field"))
    cutting.depth += {"begin": 1, "end": -1}.get(kind or "", 0)
    if cutting.depth > 0 or kind == "end":
        _keep_field(node, inside, cutting, ended=kind == "end" and cutting.depth <= 0)
    elif inside.tag == w("footnoteReference"):
        text = cutting.notes.get(inside.get(w("id")), "?")
        cutting.found.append(Token(f"[fn: {text}]", [node], "note"))
    elif inside.tag in _TEXTS:
        text = _CONTROLS.get(inside.tag) or inside.text or ""
        cutting.found.append(Token(text, [node]))


def _keep_field(
    node: etree._Element, inside: etree._Element, cutting: _Cutting, ended: bool
) -> None:
    if not cutting.found or cutting.found[-1].kind != "field":
        return
    token = cutting.found[-1]
    token.nodes.append(node)
    if inside.tag == w("instrText"):
        token.key += inside.text or ""
    if ended:
        token.key = instruction(token.key)
        cutting.depth = 0


def _keep_link(node: etree._Element, cutting: _Cutting) -> None:
    runs = [inner for inner in node.iter(w("r")) if inner.getparent().tag not in GONE]
    text = "".join(piece.text or "" for inner in runs for piece in inner.iter(w("t")))
    cutting.found.append(Token(text, runs, "link", node))


def _pieces(node: etree._Element) -> Iterator[etree._Element]:
    """The run cut into runs that hold one word or one other thing each, in its place."""
    formatting = node.find(w("rPr"))
    things = [thing for child in node if child.tag != w("rPr") for thing in _things(child)]
    if not things:
        return
    after = node
    for thing in things:
        piece = element("r")
        if formatting is not None:
            piece.append(copy.deepcopy(formatting))
        piece.append(thing)
        after.addnext(piece)
        after = piece
        yield piece
    node.getparent().remove(node)


def _things(child: etree._Element) -> Iterator[etree._Element]:
    if child.tag != w("t"):
        yield copy.deepcopy(child)
        return
    for word in _WORDS.findall(child.text or ""):
        made = element("t")
        made.text = word
        made.set(SPACE, "preserve")
        yield made


def _as_runs(simple: etree._Element) -> list[etree._Element]:
    """A simple field written out in runs, because only runs can be tracked."""
    result = "".join(text.text or "" for text in simple.iter(w("t")))
    runs = word_field(simple.get(w("instr"), "").strip(), result)
    for made in runs:
        simple.addprevious(made)
    simple.getparent().remove(simple)
    return runs


def _alike(one: etree._Element, other: etree._Element) -> bool:
    return _formatting(one) == _formatting(other) and all(map(_is_text, (one, other)))


def _is_text(node: etree._Element) -> bool:
    tags = {child.tag for child in node} - {w("rPr")}
    return bool(tags) and (tags <= _TEXTS or tags == {w("delText")})


def _formatting(node: etree._Element) -> bytes:
    found = node.find(w("rPr"))
    return b"" if found is None or not len(found) else bytes(etree.tostring(found, method="c14n"))


def _append(one: etree._Element, other: etree._Element) -> None:
    """Add what ``other`` holds to ``one``, text to text."""
    for child in [child for child in other if child.tag != w("rPr")]:
        last = one[-1]
        if child.tag in (w("t"), w("delText")) and last.tag == child.tag:
            last.text = (last.text or "") + (child.text or "")
            last.set(SPACE, "preserve")
        else:
            one.append(child)


def formatted(node: etree._Element, like: etree._Element) -> None:
    """Give a run of text the formatting of another, its change marks apart."""
    for old in node.findall(w("rPr")):
        node.remove(old)
    formatting = like.find(w("rPr"))
    if formatting is None:
        return
    kept = copy.deepcopy(formatting)
    for mark in [child for child in kept if child.tag in _FORMATTING_MARKS]:
        kept.remove(mark)
    node.insert(0, kept)
