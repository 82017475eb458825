"""The nouns of a draft: figures, footnotes, sentences and the tree of its sections. All frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wps_xl.model.books import CellRef


@dataclass(frozen=True)
class Figure:
    """A number or a name that the draft prints, with every cell it rests on."""

    id: str
    value: float | str
    text: str
    cells: tuple[CellRef, ...]


@dataclass(frozen=True)
class Footnote:
    """A real footnote. ``key`` lets a cross-reference name it."""

    key: str
    text: str


@dataclass(frozen=True)
class Reference:
    """A cross-reference to the number of the paragraph, section or footnote called ``key``."""

    key: str
    kind: str = "paragraph"


Part = str | Footnote | Reference


@dataclass(frozen=True)
class Sentence:
    """One generated sentence: its parts in order, the figures it prints, a remark for drafters.

    ``cells`` are all cells behind its figures and its words, ``gaps`` slots that nothing fills.
    """

    key: str
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...] = ()
    cells: tuple[CellRef, ...] = ()
    remark: str = ""
    gaps: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentence without footnotes and cross-references."""
        return "".join(part for part in self.parts if isinstance(part, str))


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, in a style of the template; ``prompt`` asks drafters, ``stops`` insists."""

    key: str
    sentences: tuple[Sentence, ...]
    style: str = "ParaNo"
    prompt: bool = False
    stops: bool = False

    @property
    def text(self) -> str:
        """The sentences, without footnotes."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True)
class DraftTable:
    """A table in United Nations form: number and title are set by the Word layer.

    ``figures`` are what its cells print, each with the cells of the workbook behind it.
    """

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    align: str = ""
    notes: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()


Block = Paragraph | DraftTable


@dataclass(frozen=True)
class Section:
    """A heading (level 1 is ``I.``, level 2 ``A.``, level 0 an annex) and what stands under it."""

    key: str
    title: str
    level: int
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and those under it, in printed order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True)
class Draft:
    """The whole draft before Word; its ``fields`` are those of the masthead: symbol, date_text,
    job_number, distribution, original, title."""

    fields: Mapping[str, str]
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in printed order."""
        for top in (*self.sections, *self.annexes):
            for section in top.walk():
                yield from (block for block in section.blocks if isinstance(block, Paragraph))
