"""Brings pieces of a fresh draft into the drafter's document: styles, lists and notes fit there."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field

from docx.document import Document
from lxml import etree

from wps_xl.office.word import package
from wps_xl.office.word.lists import Lists
from wps_xl.office.word.ooxml import GAP, Bookmarks, element, run, style_of, w, whole
from wps_xl.office.word.update.generated import forget
from wps_xl.office.word.update.tokens import Token

_STYLES = ("pStyle", "rStyle", "tblStyle")
_NUMBER = f"{w('pPr')}/{w('numPr')}/{w('numId')}"


@dataclass
class Transplant:
    """What a piece of the fresh draft needs to live in the drafter's document.

    ``peers`` are the properties of paragraphs that stand in both documents, by what the fresh
    one has; ``marks`` and ``fields`` are the marks of notes and the references brought over.
    """

    body: etree._Element
    notes: etree._Element
    fresh_notes: etree._Element
    styles: Mapping[str, str]
    lists: Lists
    bookmarks: Bookmarks
    peers: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    marks: list[tuple[str, etree._Element]] = field(default_factory=list)
    fields: list[tuple[str, list[etree._Element]]] = field(default_factory=list)

    @classmethod
    def between(
        cls,
        mine: Document,
        name: str,
        notes: etree._Element,
        fresh: Document,
        fresh_notes: etree._Element,
    ) -> Transplant:
        """From the fresh draft into the drafter's document, a file called ``name``."""
        return cls(
            body=mine.element.body,
            notes=notes,
            fresh_notes=fresh_notes,
            styles=_style_ids(mine.styles.element, fresh.styles.element),
            lists=Lists.of(mine.styles.element, package.numbering(mine, name)),
            bookmarks=Bookmarks.after(mine.element.body),
        )

    def meet(self, mine: etree._Element, fresh: etree._Element) -> None:
        """Remember that these two paragraphs are the same one."""
        properties = mine.find(w("pPr"))
        if properties is not None:
            self.peers.setdefault(_kind(fresh), properties)

    def paragraph(self, fresh: etree._Element) -> etree._Element:
        """An empty paragraph that looks like the fresh one.

        Where LibreOffice has renamed the styles it has also written lists and indents into each
        paragraph: there a peer lends its properties.
        """
        made = element("p")
        style = style_of(fresh)
        peer = self.peers.get(_kind(fresh))
        renamed = self.styles.get(style, style) != style
        numbered = fresh.find(_NUMBER) is not None
        if peer is not None and (renamed or numbered):
            made.append(bare(peer))
            return made
        properties = fresh.find(w("pPr"))
        made.append(self._fitting(properties) if properties is not None else element("pPr"))
        number = made.find(_NUMBER)
        if number is not None:
            self._begin_list(number, style)
        return made

    def fresh_runs(self, token: Token) -> list[etree._Element]:
        """Copies of what carries a token, to be put inside an insertion."""
        made = [self._fitting(node) for node in token.nodes]
        if token.kind == "field":
            words = token.key.strip("{}").split()
            self.fields.append((words[1] if len(words) > 1 else "", made))
        for node, old in zip(made, token.nodes, strict=True):
            for mark in node.iter(w("footnoteReference")):
                mark.set(w("id"), self._note(mark.get(w("id"))))
                before = old.getprevious()
                name = before.get(w("name"), "") if before is not None else ""
                if name:
                    self.marks.append((name, node))
        return made

    def settle(self) -> None:
        """Put bookmarks around the marks of notes brought over; cut references to nothing."""
        for name, node in self.marks:
            self._name_mark(name, node)
        known = {start.get(w("name")) for start in self.body.iter(w("bookmarkStart"))}
        for name, runs in self.fields:
            if name.startswith("_wps") and name not in known and runs[0].getparent() is not None:
                runs[0].addprevious(run(GAP, highlight=True))
                for node in runs:
                    node.getparent().remove(node)

    def _note(self, number: str) -> str:
        """The fresh note as a note of the drafter's document; its id there."""
        ids = [whole(node.get(w("id"))) for node in self.notes]
        found = next(node for node in self.fresh_notes if node.get(w("id")) == number)
        note = self._fitting(found)
        note.set(w("id"), str(max(ids, default=0) + 1))
        self.notes.append(note)
        return str(note.get(w("id")))

    def _name_mark(self, name: str, node: etree._Element) -> None:
        if node.getparent() is None:
            return
        starts = self.body.iter(w("bookmarkStart"))
        start = next((found for found in starts if found.get(w("name")) == name), None)
        holder = node.getparent() if node.getparent().tag == w("ins") else node
        if start is not None:
            if holder in _inside(start):
                return
            forget(self.body, start)
        first, last = self.bookmarks.around(name, ())
        holder.addprevious(first)
        holder.addnext(last)

    def _fitting(self, node: etree._Element) -> etree._Element:
        """A copy of the node with the drafter's ids of styles."""
        made = copy.deepcopy(node)
        for named in made.iter(*map(w, _STYLES)):
            name = named.get(w("val"))
            named.set(w("val"), self.styles.get(name, name))
        return made

    def _begin_list(self, number: etree._Element, style: str) -> None:
        """A list of its own in the drafter's document for a list that begins anew."""
        bound = self.lists.by_style.get(self.styles.get(style, style))
        if bound is None:
            number.getparent().getparent().remove(number.getparent())
        else:
            number.set(w("val"), self.lists.begun_for(number.get(w("val")), bound[0]))


def _kind(paragraph: etree._Element) -> tuple[str, str]:
    number = paragraph.find(_NUMBER)
    return style_of(paragraph), number.get(w("val")) if number is not None else ""


def bare(properties: etree._Element) -> etree._Element:
    """Properties of a paragraph without what belongs to that one alone."""
    made = copy.deepcopy(properties)
    for own in [child for child in made if child.tag in map(w, ("rPr", "sectPr", "pPrChange"))]:
        made.remove(own)
    return made


def _inside(start: etree._Element) -> list[etree._Element]:
    """The siblings between the two ends of a bookmark."""
    found: list[etree._Element] = []
    for node in start.itersiblings():
        if node.tag == w("bookmarkEnd") and node.get(w("id")) == start.get(w("id")):
            return found
        found.append(node)
    return []


def _style_ids(mine: etree._Element, fresh: etree._Element) -> dict[str, str]:
    """The drafter's id for each style of the fresh draft; a style that is missing is added."""
    known = {_style_name(style): style.get(w("styleId")) for style in mine.iter(w("style"))}
    found = {}
    for style in fresh.iter(w("style")):
        number = style.get(w("styleId"))
        found[number] = known.get(_style_name(style), number)
        if _style_name(style) not in known:
            mine.append(_without_list(style))
    return found


def _style_name(style: etree._Element) -> tuple[str, str]:
    name = style.find(w("name"))
    return style.get(w("type"), ""), str(name.get(w("val"))).casefold() if name is not None else ""


def _without_list(style: etree._Element) -> etree._Element:
    made = copy.deepcopy(style)
    for number in list(made.iter(w("numPr"))):
        number.getparent().remove(number)
    return made
