"""The headings of a drafter's document as lines of the contents, renamed and added ones too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from docx.document import Document
from lxml import etree

from wps_xl.office.word.contents import DEPTH, ContentsLine
from wps_xl.office.word.counting import count
from wps_xl.office.word.ledger import visible_text
from wps_xl.office.word.numbering import Step
from wps_xl.office.word.ooxml import Bookmarks, bookmark_name, content_of, style_of, w
from wps_xl.office.word.revisions import live_paragraphs
from wps_xl.office.word.update import generated

_HEADING = re.compile(r"heading (?P<level>\d)", re.IGNORECASE)
_ANNEX = "annex"


@dataclass
class Outline:
    """The document and the marks in it, to which those that the contents need are added."""

    document: Document
    bookmarks: Bookmarks
    starts: dict[str, etree._Element] = field(default_factory=dict)

    def lines(self, fresh: Iterable[ContentsLine]) -> list[ContentsLine]:
        """The lines of the contents; annexes are those of the fresh draft that still stand."""
        self.starts = generated.bookmarks(self.document.element.body)
        return [*self._body(), *self._annexes(fresh)]

    def _body(self) -> list[ContentsLine]:
        names = _names(self.document)
        counted = count(self.document).paragraphs
        found: list[ContentsLine] = []
        for node in live_paragraphs(self.document.element.body):
            name, steps = names.get(style_of(node), ""), counted.get(node, ())
            if name.startswith(_ANNEX):
                break
            heading = _HEADING.fullmatch(name)
            if heading:
                found += self._heading(node, int(heading["level"]), steps)
            elif len(steps) == 1 and steps[0].isdecimal() and found:
                number = Step(self._mark(node, "_wps_"), steps[0])
                found = _with(found, number)
        return found

    def _heading(
        self, node: etree._Element, level: int, steps: tuple[str, ...]
    ) -> list[ContentsLine]:
        title = " ".join(visible_text(node, {}).split())
        if level > DEPTH or not title:
            return []
        name = self._mark(node, "_wpsSec_")
        return [ContentsLine(name, title, level, Step(name, steps[-1] if steps else ""))]

    def _annexes(self, fresh: Iterable[ContentsLine]) -> Iterator[ContentsLine]:
        for line in fresh:
            unit = generated.find(self.starts.get(line.number.bookmark), {})
            if line.level == 0 and unit is not None and not unit.blank:
                yield replace(line, title=" ".join(unit.text.split()))

    def _mark(self, node: etree._Element, prefix: str) -> str:
        """The hidden mark of a paragraph, or a new one for a paragraph of the drafter's."""
        names = [start.get(w("name"), "") for start in node.iter(w("bookmarkStart"))]
        known = next((name for name in names if name.startswith(prefix)), "")
        if known:
            return known
        text = visible_text(node, {})
        tries = (bookmark_name(f"own {at} {text}", prefix) for at in range(len(self.starts) + 1))
        name = next(found for found in tries if found not in self.starts)
        first, last = self.bookmarks.around(name, ())
        inside = content_of(node)
        inside[0].addprevious(first)
        inside[-1].addnext(last)
        self.starts[name] = first
        return name


def _with(found: list[ContentsLine], number: Step) -> list[ContentsLine]:
    """The lines; those of sections that are still open reach down to this paragraph."""
    highest, made = DEPTH + 1, []
    for line in reversed(found):
        is_open = line.level < highest
        highest = min(highest, line.level)
        made.append(replace(line, first=line.first or number, last=number) if is_open else line)
    return made[::-1]


def _names(document: Document) -> dict[str, str]:
    """The name of each style by its id."""
    styles = document.styles.element.iter(w("style"))
    named = ((style.get(w("styleId")), style.find(w("name"))) for style in styles)
    return {key: str(name.get(w("val"), "")).lower() for key, name in named if name is not None}
