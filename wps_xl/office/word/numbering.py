"""The numbers that Word will print: paragraphs, sections, annexes, tables and footnotes.

Word numbers by style; the draft needs the same numbers beforehand, for the stored results of its
cross-references and for the trace back to the cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from wps_xl.errors import CodebookError
from wps_xl.model import Block, Draft, DraftTable, Footnote, Paragraph, Section
from wps_xl.office.word.footnotes import Numbers
from wps_xl.office.word.ooxml import bookmark_name

PARAGRAPH_LEVELS = {"ParaNo": 0, "SubPara": 1, "SubSubPara": 2}
ROMAN = (
    *((100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
Form = Callable[[int], str]


@dataclass(frozen=True)
class Step:
    """One number with the bookmark of the paragraph or heading that carries it."""

    bookmark: str
    text: str


@dataclass(frozen=True)
class Label:
    """A printed number from the outside in: ``58`` and ``(a)``, or ``III`` and ``A``.

    ``where`` names the annex. ``follows`` is False for what no field of Word can print alone.
    """

    steps: tuple[Step, ...]
    separator: str
    where: str = ""
    follows: bool = True

    @property
    def number(self) -> str:
        """The number as a cross-reference prints it: ``58 (a)``, ``III.A``."""
        return self.separator.join(step.text for step in self.steps)

    @property
    def printed(self) -> str:
        """The number with the annex it stands in: ``annex I, para. 3``."""
        return f"{self.where}{self.number}"


@dataclass(frozen=True)
class Labels:
    """All numbers of one draft by the keys of what carries them."""

    paragraphs: Mapping[str, Label]
    sections: Mapping[str, Label]
    tables: Mapping[str, Label]
    footnotes: Mapping[str, int]

    def find(self, kind: str, key: str) -> Label | None:
        """The label a reference of this kind leads to; None where nothing has that key."""
        known = {"paragraph": self.paragraphs, "section": self.sections, "table": self.tables}
        return known.get(kind, {}).get(key)


def labels(draft: Draft) -> Labels:
    """Every number of the draft; raise CodebookError where two things have the same key."""
    _check_keys(draft)
    return Labels(
        paragraphs=dict(_paragraphs(draft)),
        sections=dict(_sections(draft)),
        tables=dict(_tables(draft)),
        footnotes=_footnotes(draft),
    )


def roman(number: int) -> str:
    """Roman numerals in capitals."""
    text = ""
    for value, numeral in ROMAN:
        while number >= value:
            text, number = text + numeral, number - value
    return text


def letters(number: int) -> str:
    """Word's letters: a to z, then aa, bb, cc."""
    repeat, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (repeat + 1)


def blocks(sections: Iterable[Section]) -> Iterator[Block]:
    """Paragraphs and tables in printed order."""
    for top in sections:
        for section in top.walk():
            yield from section.blocks


def annexes(draft: Draft) -> Iterator[tuple[str, Section]]:
    """Each annex with its numeral, which a single annex does not have."""
    for number, annex in enumerate(draft.annexes, 1):
        yield roman(number) if len(draft.annexes) > 1 else "", annex


def _paragraphs(draft: Draft) -> Iterator[tuple[str, Label]]:
    yield from _numbered(draft.sections)
    for numeral, annex in annexes(draft):
        name = f"annex {numeral}".rstrip()
        yield from _numbered((annex,), f"{name}, para. ")


def _numbered(sections: Iterable[Section], where: str = "") -> Iterator[tuple[str, Label]]:
    """Paragraphs that carry a number, counted anew for the report and for each annex."""
    found = (block for block in blocks(sections) if isinstance(block, Paragraph))
    numbered = [
        (PARAGRAPH_LEVELS[paragraph.style], paragraph.key, bookmark_name(paragraph.key))
        for paragraph in found
        if paragraph.style in PARAGRAPH_LEVELS and not paragraph.prompt
    ]
    for key, steps in _count(numbered, (str, _letter, _small_roman)):
        yield key, Label(steps, " ", where)


def _sections(draft: Draft) -> Iterator[tuple[str, Label]]:
    yield from _headings(draft.sections)
    for numeral, annex in annexes(draft):
        name = f"annex {numeral}".rstrip()
        step = Step(section_bookmark(annex.key), numeral)
        yield annex.key, Label((step,), "", "annex " if numeral else "annex", follows=False)
        yield from _headings(annex.sections, f"{name}, sect. ")


def _headings(sections: Iterable[Section], where: str = "") -> Iterator[tuple[str, Label]]:
    numbered = [
        (heading_level(section) - 1, section.key, section_bookmark(section.key))
        for top in sections
        for section in top.walk()
    ]
    for key, steps in _count(numbered, (roman, _capital_letter, str)):
        yield key, Label(steps, ".", where)


def _count(
    numbered: Iterable[tuple[int, str, str]], forms: tuple[Form, ...]
) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """Count as a list of Word counts: a level starts again below each higher one."""
    counts = [0] * len(forms)
    above: dict[int, Step] = {}
    for level, key, bookmark in numbered:
        counts[level] += 1
        counts[level + 1 :] = [0] * (len(forms) - level - 1)
        above = {depth: step for depth, step in above.items() if depth < level}
        above[level] = Step(bookmark, forms[level](counts[level]))
        yield key, tuple(above.values())


def _tables(draft: Draft) -> Iterator[tuple[str, Label]]:
    """Tables with a title count through report and annexes; a single one has no number."""
    everything = blocks((*draft.sections, *draft.annexes))
    found = [block for block in everything if isinstance(block, DraftTable)]
    titled = [table.key for table in found if table.title]
    for table in found:
        counts = len(titled) > 1 and table.title
        text = str(titled.index(table.key) + 1) if counts else ""
        yield table.key, Label((Step(table_bookmark(table.key), text),), "")


def _footnotes(draft: Draft) -> dict[str, int]:
    numbers = Numbers()
    for paragraph in draft.paragraphs():
        for sentence in paragraph.sentences:
            for part in sentence.parts:
                if isinstance(part, Footnote):
                    numbers.place(part)
    return numbers.by_key


def _check_keys(draft: Draft) -> None:
    tops = (*draft.sections, *draft.annexes)
    kinds = {
        "paragraphs": [block.key for block in blocks(tops) if isinstance(block, Paragraph)],
        "tables": [block.key for block in blocks(tops) if isinstance(block, DraftTable)],
        "sections": [section.key for top in tops for section in top.walk()],
    }
    for kind, keys in kinds.items():
        twice = [key for key, times in Counter(keys).items() if times > 1]
        if twice:
            raise CodebookError(f"The draft has two {kind} with the key '{twice[0]}'. Rename one.")


def _letter(number: int) -> str:
    return f"({letters(number)})"


def _small_roman(number: int) -> str:
    return f"({roman(number).lower()})"


def _capital_letter(number: int) -> str:
    return letters(number).upper()


def heading_level(section: Section) -> int:
    """The level of a heading as the template has them, 1 to 3."""
    return min(max(section.level, 1), 3)


def section_bookmark(key: str) -> str:
    """The bookmark on the heading of the section called ``key``."""
    return bookmark_name(key, "_wpsSec_")


def table_bookmark(key: str) -> str:
    """The bookmark on the number and title of the table called ``key``."""
    return bookmark_name(key, "_wpsTab_")
