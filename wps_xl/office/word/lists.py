"""Starts Word's own numbering again, for the paragraphs and headings of each annex."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from wps_xl.office.word.ooxml import add, w

LEVELS = 3


@dataclass
class Lists:
    """The lists of a document: which style numbers by which list, and the lists begun anew."""

    numbering: etree._Element
    by_style: dict[str, tuple[str, int]]
    begun: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, styles: etree._Element, numbering: etree._Element) -> Lists:
        """The lists that the template's styles are bound to."""
        found = {}
        for style in styles.iter(w("style")):
            bound = style.find(f"{w('pPr')}/{w('numPr')}")
            number = bound.find(w("numId")) if bound is not None else None
            if number is not None:
                level = bound.find(w("ilvl"))
                depth = int(level.get(w("val"))) if level is not None else 0
                found[style.get(w("styleId"))] = (number.get(w("val")), depth)
        return cls(numbering, found)

    def begin_again(self, paragraph: etree._Element, style: str, scope: str) -> None:
        """Bind a paragraph to the list of its style as it runs inside ``scope``, such as annex I.

        The first paragraph of a scope begins its list at one.
        """
        if style not in self.by_style:
            return
        number, level = self.by_style[style]
        bound = etree.Element(w("numPr"))
        add(bound, "ilvl", val=level)
        add(bound, "numId", val=self.begun_for(scope, number))
        paragraph.find(f"{w('pPr')}/{w('pStyle')}").addnext(bound)

    def begun_for(self, scope: str, number: str) -> str:
        """The list like ``number`` that begins anew in ``scope``."""
        key = (scope, number)
        if key not in self.begun:
            self.begun[key] = self._restarted(number)
        return self.begun[key]

    def _restarted(self, number: str) -> str:
        """A new list like ``number`` whose levels all begin at one."""
        lists = list(self.numbering.iter(w("num")))
        like = next(found for found in lists if found.get(w("numId")) == number)
        new = str(max(int(found.get(w("numId"))) for found in lists) + 1)
        made = etree.Element(w("num"))
        made.set(w("numId"), new)
        add(made, "abstractNumId", val=like.find(w("abstractNumId")).get(w("val")))
        for level in range(LEVELS):
            add(add(made, "lvlOverride", ilvl=level), "startOverride", val=1)
        lists[-1].addnext(made)
        return new
