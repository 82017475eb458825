"""Turns the tree of a draft into the paragraphs, headings and tables of a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from wps_xl.model import (
    Block,
    CellRef,
    Draft,
    DraftTable,
    Footnote,
    Paragraph,
    Part,
    Reference,
    Section,
    Sentence,
)
from wps_xl.office.word import footnotes, tables
from wps_xl.office.word.comments import Remark, grouped
from wps_xl.office.word.footnotes import Numbers
from wps_xl.office.word.lists import Lists
from wps_xl.office.word.numbering import (
    Labels,
    annexes,
    heading_level,
    section_bookmark,
    table_bookmark,
)
from wps_xl.office.word.ooxml import GAP, Bookmarks, bookmark_name, link, paragraph, run
from wps_xl.office.word.ooxml import field as word_field

PROMPT_STYLE = "DrafterNote"


@dataclass(frozen=True)
class Written:
    """One block that was written: what the ledger must know, and the element itself."""

    key: str
    kind: str
    bookmark: str
    node: etree._Element
    cells: tuple[str, ...] = ()


@dataclass
class Story:
    """The draft being written, piece by piece, in printed order."""

    labels: Labels
    notes: etree._Element
    bookmarks: Bookmarks
    lists: Lists
    numbers: Numbers = field(default_factory=Numbers)
    written: list[Written] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def sections(self, draft: Draft) -> list[etree._Element]:
        """The body of the report."""
        return [node for top in draft.sections for node in self._section(top, "")]

    def annexes(self, draft: Draft) -> list[etree._Element]:
        """The annexes, each on a page of its own and numbered from one."""
        return [
            node
            for numeral, annex in annexes(draft)
            for node in self._annex(annex, numeral, f"annex {numeral}")
        ]

    def _section(self, section: Section, scope: str) -> Iterator[etree._Element]:
        style = f"Heading{heading_level(section)}"
        yield self._heading(section, style, scope)
        yield from self._content(section, scope)

    def _annex(self, annex: Section, numeral: str, scope: str) -> Iterator[etree._Element]:
        name = section_bookmark(annex.key)
        yield paragraph("AnnexHeading") if numeral else paragraph("AnnexSingle", run("Annex"))
        title = paragraph("AnnexTitle", *self.bookmarks.around(name, [run(annex.title)]))
        self.written.append(Written(annex.key, "heading", name, title))
        yield title
        yield from self._content(annex, scope)

    def _heading(self, section: Section, style: str, scope: str) -> etree._Element:
        name = section_bookmark(section.key)
        made = paragraph(style, *self.bookmarks.around(name, [run(section.title)]))
        if scope:
            self.lists.begin_again(made, style, scope)
        self.written.append(Written(section.key, "heading", name, made))
        return made

    def _content(self, section: Section, scope: str) -> Iterator[etree._Element]:
        for block in section.blocks:
            yield from self._block(block, scope)
        for inner in section.sections:
            yield from self._section(inner, scope)

    def _block(self, block: Block, scope: str) -> Iterator[etree._Element]:
        if isinstance(block, DraftTable):
            yield from self._table(block)
        else:
            yield self._paragraph(block, scope)

    def _table(self, table: DraftTable) -> list[etree._Element]:
        name = table_bookmark(table.key)
        made = tables.build(table, self.labels.tables[table.key].number, name, self.bookmarks)
        grid = next(node for node in made if node.tag.endswith("}tbl"))
        self.written.append(Written(table.key, "table", name, grid))
        return made

    def _paragraph(self, block: Paragraph, scope: str) -> etree._Element:
        style = PROMPT_STYLE if block.prompt else block.style
        spans = [self._sentence(sentence, block.prompt) for sentence in block.sentences]
        content = [node for place, span in enumerate(spans) for node in _spaced(span, place)]
        name = bookmark_name(block.key)
        made = paragraph(style, *self.bookmarks.around(name, content))
        if scope:
            self.lists.begin_again(made, style, scope)
        kind = "prompt" if block.prompt else "paragraph"
        self.written.append(Written(block.key, kind, name, made, _cells(block)))
        self._remember_remarks(block, spans)
        return made

    def _remember_remarks(self, block: Paragraph, spans: list[list[etree._Element]]) -> None:
        label = self.labels.paragraphs.get(block.key)
        for (first, last), lines in grouped(block):
            inside = [node for span in spans[first : last + 1] for node in span]
            if inside:
                number = label.printed if label else ""
                self.remarks.append(Remark(lines, inside[0], inside[-1], number))

    def _sentence(self, sentence: Sentence, prompt: bool) -> list[etree._Element]:
        return [
            node
            for part in _trimmed(sentence.parts, self.labels)
            for node in self._part(part, prompt)
        ]

    def _part(self, part: Part, prompt: bool) -> list[etree._Element]:
        if isinstance(part, Footnote):
            return self._footnote(part)
        if isinstance(part, Reference):
            return self._reference(part, prompt)
        pieces = (piece for piece in re.split(f"({re.escape(GAP)})", part) if piece)
        return [run(piece, highlight=prompt or piece == GAP) for piece in pieces]

    def _footnote(self, note: Footnote) -> list[etree._Element]:
        """A new note with its mark, or for a note that stands already a second, equal mark."""
        number, new = self.numbers.place(note)
        name = footnotes.bookmark(note.key)
        if not new:
            return word_field(f"NOTEREF {name} \\f \\h", str(number), style=footnotes.STYLE)
        self.notes.append(footnotes.note(number, note.text))
        mark = footnotes.mark(number)
        if self.numbers.by_key.get(note.key) == number:
            return self.bookmarks.around(name, [mark])
        return [mark]

    def _reference(self, reference: Reference, prompt: bool) -> list[etree._Element]:
        """The number of what is referred to, as fields; highlighted ``[?]`` where it is missing."""
        if reference.kind == "footnote" and reference.key in self.labels.footnotes:
            name = footnotes.bookmark(reference.key)
            number = str(self.labels.footnotes[reference.key])
            return word_field(f"NOTEREF {name} \\h", number, highlight=prompt)
        label = self.labels.find(reference.kind, reference.key)
        if label is None:
            self.lost.append(reference.key)
            return [run(GAP, highlight=True)]
        if not label.follows:
            return [link(label.steps[0].bookmark, label.number, prompt)] if label.number else []
        switches = "\\h" if reference.kind == "table" else "\\n \\h"
        nodes: list[etree._Element] = []
        for step in label.steps:
            if nodes:
                nodes.append(run(label.separator, highlight=prompt))
            nodes += word_field(f"REF {step.bookmark} {switches}", step.text, highlight=prompt)
        return nodes


def _trimmed(parts: tuple[Part, ...], labels: Labels) -> list[Part]:
    """The parts, without the space before a number that is not printed: "annex", "table"."""
    found: list[Part] = []
    for part in parts:
        label = labels.find(part.kind, part.key) if isinstance(part, Reference) else None
        if label is None or label.number:
            found.append(part)
        elif found and isinstance(found[-1], str):
            found[-1] = found[-1].rstrip()
    return found


def _spaced(span: list[etree._Element], place: int) -> list[etree._Element]:
    """The runs of a sentence, with a space before all but the first."""
    return [run(" "), *span] if place and span else span


def _cells(block: Paragraph) -> tuple[str, ...]:
    """Every cell behind a paragraph, once, in the order of its sentences."""
    found: dict[CellRef, None] = {}
    for sentence in block.sentences:
        for figure in sentence.figures:
            found.update(dict.fromkeys(figure.cells))
        found.update(dict.fromkeys(sentence.cells))
    return tuple(str(cell) for cell in found)
