"""Sets the stored results of references to numbers, so that they are right before Word counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from lxml import etree

from wps_xl.office.word.counting import Counted, count
from wps_xl.office.word.ooxml import SPACE, add, w
from wps_xl.office.word.revisions import is_live

NUMBER_SWITCHES = frozenset(("\\n", "\\r", "\\w"))


@dataclass
class WordField:
    """One field of the text: what it says, and the runs that hold its result."""

    instruction: str
    result: list[etree._Element]

    @property
    def words(self) -> list[str]:
        """Its kind, what it points to, and its switches."""
        return self.instruction.split()

    @property
    def target(self) -> str:
        """The bookmark a reference leads to."""
        return self.words[1] if len(self.words) > 1 else ""

    @property
    def text(self) -> str:
        """The stored result."""
        return "".join(node.text or "" for run in self.result for node in run.iter(w("t")))

    def show(self, text: str) -> None:
        """Store another result."""
        if not self.result or self.text == text:
            return
        nodes = list(dict.fromkeys(node for run in self.result for node in run.iter(w("t"))))
        first = nodes[0] if nodes else add(self.result[0], "t")
        first.text = text
        first.set(SPACE, "preserve")
        for node in nodes[1:]:
            node.getparent().remove(node)


def refresh(document: Document) -> Counted:
    """Set every reference to a paragraph, heading, table or note; the numbers as counted."""
    body = document.element.body
    counted = count(document)
    marks = _marks(body, counted)
    tables: dict[str, str] = {}
    found = list(fields(body))
    for at, item in enumerate((item for item in found if item.words[:2] == ["SEQ", "Table"]), 1):
        item.show(str(at))
        tables |= dict.fromkeys(_around(item), str(at))
    for item in found:
        result = _number(item, counted, marks, tables)
        if result:
            item.show(result)
    return counted


def fields(body: etree._Element) -> Iterator[WordField]:
    """The live fields of the text that begin and end in one paragraph."""
    for paragraph in body.iter(w("p")):
        current: WordField | None = None
        depth = 0
        shown = False
        for node in paragraph.iter(w("fldChar"), w("instrText"), w("t")):
            kind = node.get(w("fldCharType")) if node.tag == w("fldChar") else ""
            if not is_live(node):
                continue
            if kind == "begin":
                depth += 1
                if depth == 1:
                    current, shown = WordField("", []), False
            elif kind == "separate" and depth == 1:
                shown = True
            elif kind == "end":
                depth -= 1
                if depth == 0 and current is not None and current.words:
                    yield current
                    current = None
            elif current is not None and node.tag == w("instrText") and not shown:
                current.instruction += node.text or ""  # Word cuts instructions into runs
            elif current is not None and shown:
                current.result.append(node.getparent())


def _number(
    item: WordField, counted: Counted, marks: dict[str, str], tables: dict[str, str]
) -> str | None:
    kind = item.words[0].upper()
    if kind == "NOTEREF":
        return marks.get(item.target)
    if kind == "REF" and NUMBER_SWITCHES & set(item.words):
        steps = counted.bookmarks.get(item.target)
        plain = steps and (len(steps) == 1 or "\\n" in item.words)
        return steps[-1] if plain and steps else None
    return tables.get(item.target) if kind == "REF" else None


def _marks(body: etree._Element, counted: Counted) -> dict[str, str]:
    """The number of the live note inside each bookmark around one."""
    found: dict[str, str] = {}
    opened: dict[str, str] = {}
    for node in body.iter(w("bookmarkStart"), w("bookmarkEnd"), w("footnoteReference")):
        if node.tag == w("bookmarkStart"):
            opened[node.get(w("id"))] = node.get(w("name"), "")
        elif node.tag == w("bookmarkEnd"):
            opened.pop(node.get(w("id")), None)
        elif node.get(w("id")) in counted.notes and is_live(node):
            for name in opened.values():
                found.setdefault(name, counted.notes[node.get(w("id"))])
    return found


def _around(item: WordField) -> list[str]:
    """The bookmarks in the paragraph of a field."""
    paragraph = next(item.result[0].iterancestors(w("p"))) if item.result else None
    starts = paragraph.iter(w("bookmarkStart")) if paragraph is not None else ()
    return [start.get(w("name"), "") for start in starts]
