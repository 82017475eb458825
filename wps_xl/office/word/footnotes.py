"""Real footnotes: python-docx has none, so the notes part of the template is written here.

The template holds the part with its two separators, the settings and the styles. Notes are kept
in the order of their marks, because LibreOffice 7.4 matches them by place and not by id.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from wps_xl.model import Footnote
from wps_xl.office.word.ooxml import add, bookmark_name, element, paragraph, run, w, whole

STYLE = "FootnoteReference"


@dataclass
class Numbers:
    """Gives each note its number; a note that stands already keeps its own."""

    by_key: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    last: int = 0

    def place(self, note: Footnote) -> tuple[int, bool]:
        """The number of ``note``, and whether it is a new one.

        The same key with another text is a new note, so that no text is lost.
        """
        if note.key and self.texts.get(note.key) == note.text:
            return self.by_key[note.key], False
        self.last += 1
        if note.key and note.key not in self.by_key:
            self.by_key[note.key] = self.last
            self.texts[note.key] = note.text
        return self.last, True


def bookmark(key: str) -> str:
    """The bookmark around the mark of the note called ``key``."""
    return bookmark_name(key, "_wpsFn_")


def mark(number: int) -> etree._Element:
    """The run that carries the mark of note ``number``."""
    made = element("r")
    add(add(made, "rPr"), "rStyle", val=STYLE)
    add(made, "footnoteReference", id=number)
    return made


def note(number: int, text: str) -> etree._Element:
    """The note itself, as it stands in the notes part."""
    made = element("footnote", id=number)
    own = element("r")
    add(add(own, "rPr"), "rStyle", val=STYLE)
    add(own, "footnoteRef")
    made.append(paragraph("FootnoteText", own, run(f"\t{text}")))
    return made


def settle(body: etree._Element, notes: etree._Element) -> None:
    """Number marks and notes in the order of the marks, and drop notes without a mark.

    The first gets the number after those of the separators: 1 as a rule.
    """
    found = {node.get(w("id")): node for node in notes if not node.get(w("type"))}
    for node in found.values():
        notes.remove(node)
    first = 1 + max((whole(node.get(w("id"))) for node in notes), default=0)
    for number, reference in enumerate(body.iter(w("footnoteReference")), max(first, 1)):
        node = found.get(reference.get(w("id")))
        if node is not None:
            reference.set(w("id"), str(number))
            node.set(w("id"), str(number))
            notes.append(node)
