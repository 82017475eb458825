"""Three texts become one: what was generated last, what the drafter has, what is generated now.

What the drafter did not touch follows the workbook, as tracked changes. What the drafter edited or
deleted stays; a comment says what changed in the workbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from wps_xl.office.word.contents import KEY
from wps_xl.office.word.ledger import DELETED, DROPPED, Entry
from wps_xl.office.word.numbering import table_bookmark
from wps_xl.office.word.ooxml import style_of, w
from wps_xl.office.word.references import fields
from wps_xl.office.word.revisions import is_live
from wps_xl.office.word.story import Written
from wps_xl.office.word.update import captions, generated, grids, tracked
from wps_xl.office.word.update.captions import Caption
from wps_xl.office.word.update.differences import changed_words, shortened
from wps_xl.office.word.update.generated import Unit
from wps_xl.office.word.update.inserting import insert_block, name_block
from wps_xl.office.word.update.rows import from_text
from wps_xl.office.word.update.tracked import Pen

SAME, UPDATED, NEW, GONE = "unchanged", "updated", "new", "no longer generated"
KEPT, HELD, LEFT_OUT = "your text kept", "your text kept, data changed", "you deleted it"
TABLE, KEPT_GONE = "table changed", "your text kept, no longer generated"
LOST = "refers to what is no longer there"
SHORT = 60
GRIDS = ("table", "contents")
SAID = {
    HELD: "the workbook has changed since; your text was kept. Changed: {detail}",
    TABLE: "the workbook has changed since; the columns of this table are not those that were "
    "written, so it was left as it is. Changed: {detail}",
    KEPT_GONE: "the workbook no longer holds what this rests on; your text was kept.",
    LEFT_OUT: "a paragraph that you deleted below would have changed: {detail}",
    LOST: "the paragraph that is referred to here ({detail}) was deleted; put in another number.",
}
_ALONE = frozenset(("AnnexHeading", "AnnexSingle"))


@dataclass(frozen=True)
class Change:
    """What was done with one block; ``place`` is the paragraph it is about, where there is one."""

    bookmark: str
    base: str
    action: str
    detail: str = ""
    place: etree._Element | None = None
    notice: bool = False


@dataclass
class Merge:
    """The drafter's document on its way to the new state; ``last`` is the block placed last."""

    body: etree._Element
    pen: Pen
    old: Mapping[str, Entry]
    starts: dict[str, etree._Element]
    last: etree._Element | None = None
    changes: list[Change] = field(default_factory=list)
    ledger: list[Entry] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)

    def meet(self, blocks: Iterable[Written]) -> None:
        """Learn from the blocks that stand in both documents how paragraphs look here."""
        for block in blocks:
            unit = self.unit(block.bookmark)
            if unit is not None and block.kind not in GRIDS:
                self.pen.transplant.meet(unit.first, block.node)

    def begin_below_contents(self) -> None:
        """What is new before all else stands below the table of contents."""
        contents = self.unit(table_bookmark(KEY), "contents")
        self.last = contents.last if contents is not None else None

    def unit(self, bookmark: str, kind: str = "") -> Unit | None:
        """A block as it stands in the drafter's document."""
        return generated.find(self.starts.get(bookmark), self.pen.notes, kind in GRIDS)

    def bring(self, block: Written, entry: Entry) -> None:
        """Bring one block of the fresh draft to the drafter's document."""
        known = self.old.get(block.bookmark)
        unit = self.unit(block.bookmark, block.kind)
        if unit is None or unit.blank:
            self._absent(block, entry, known)
            return
        if block.kind == "contents":
            self._contents(block, entry, known, unit)
        elif block.kind == "table":
            self._table(block, entry, known or entry, unit)
        else:
            self._text(block, entry, known, unit)
        self.last = (self.unit(block.bookmark, block.kind) or unit).last
        self.ledger.append(entry)

    def drop(self, entry: Entry) -> None:
        """What is generated no more: deleted where the drafter did not touch it."""
        unit = self.unit(entry.bookmark, entry.kind)
        if unit is None or unit.blank:
            return
        if not unit.says(entry.hash) or entry.state == DROPPED:
            self.ledger.append(replace(entry, state=DROPPED))
            if entry.state != DROPPED:
                self._note(entry, KEPT_GONE, place=unit.first)
            return
        if unit.grid is not None:
            self._take_out(entry, unit)
            return
        before = unit.first.getprevious()
        if before is not None and entry.kind == "heading" and style_of(before) in self._alone():
            tracked.deleted(before, self.pen)
        tracked.deleted(unit.first, self.pen)
        self.lost[entry.bookmark] = entry.base
        self._note(entry, GONE, entry.base)

    def follow_contents(self, block: Written, entry: Entry) -> None:
        """Bring the table of contents, unless the drafter took it out."""
        if self.unit(block.bookmark, block.kind) is not None:
            self.bring(block, entry)

    def name_lost_references(self) -> None:
        """Say where a paragraph is referred to that was deleted since the last update."""
        for item in fields(self.body):
            if item.target in self.lost and item.result and is_live(item.result[0]):
                place = next(item.result[0].iterancestors(w("p")))
                detail = first_words(self.lost[item.target])
                self.changes.append(Change("", visible(place), LOST, detail, place, True))

    def _absent(self, block: Written, entry: Entry, known: Entry | None) -> None:
        """A block that is not there: new, or deleted by the drafter."""
        if known is None:
            generated.forget(self.body, self.starts.pop(block.bookmark, None))
            self.last = insert_block(block, self.last, self.body, self.pen)
            self.ledger.append(entry)
            self._note(entry, NEW, entry.base)
            return
        self.ledger.append(replace(entry, state=DELETED))
        if known.state != DELETED:
            self.lost[entry.bookmark] = entry.base
        if known.hash != entry.hash:
            place = self.last if self.last is not None and self.last.tag == w("p") else None
            self._note(entry, LEFT_OUT, changed_words(known.base, entry.base), place)
        else:
            self._note(entry, LEFT_OUT)

    def _text(self, block: Written, entry: Entry, known: Entry | None, unit: Unit) -> None:
        base = known or replace(entry, hash="", base="", state=DROPPED)
        changed = base.hash != entry.hash or base.state == DROPPED
        if unit.says(entry.hash):
            self._note(entry, SAME)
        elif not changed:
            self._note(entry, KEPT)
        elif unit.says(base.hash):
            tracked.rewrite(unit.first, block.node, self.pen)
            self._note(entry, UPDATED, changed_words(base.base, entry.base))
        else:
            detail = changed_words(base.base or unit.text, entry.base)
            self._note(entry, HELD, detail, unit.first)

    def _contents(self, block: Written, entry: Entry, known: Entry | None, unit: Unit) -> None:
        if known is None or known.hash == entry.hash or unit.says(entry.hash):
            self._note(entry, SAME)
        elif unit.says(known.hash):
            grids.rewrite_rows(unit.grid, block.node, self.pen)
            self._note(entry, UPDATED)
        else:
            self._note(entry, HELD, "headings and numbers of paragraphs", unit.first)

    def _table(self, block: Written, entry: Entry, known: Entry, unit: Unit) -> None:
        """Rows, cells, title and notes follow; what the drafter changed of them stands."""
        base = from_text(known.base, len(block.node.find(w("tblGrid"))))
        caption = Caption.standing(unit.first, unit.grid)
        done = grids.follow(unit.grid, base, block.node, self.pen)
        if done is None:
            detail = shortened(grids.changed_cells(base, block.node))
            self._note(entry, TABLE, detail, unit.first)
            return
        grid = (self.unit(block.bookmark, block.kind) or unit).grid
        beside = self._captions(block, known, caption, grid)
        if done.made or beside:
            said = [*done.made, *(["its title or its notes"] if beside else [])]
            self._note(entry, UPDATED, shortened(said))
        elif not done.kept and not done.gone:
            self._note(entry, SAME if unit.says(entry.hash) else KEPT)
        for place, detail in done.kept:
            self._note(entry, HELD, detail, place)
        for place in done.gone:
            self._note(entry, KEPT_GONE, place=place)

    def _captions(self, block: Written, known: Entry, mine: Caption, grid: etree._Element) -> bool:
        if not known.above:
            return False
        fresh = Caption.fresh(block.node)
        numbered = self._number_table(block, mine, fresh)
        title = captions.follow(mine.above[-1:], known.above[-1:], fresh.above[-1:], grid, self.pen)
        notes = captions.follow(mine.below, known.below, fresh.below, grid, self.pen)
        return numbered or title or notes

    def _number_table(self, block: Written, mine: Caption, fresh: Caption) -> bool:
        """A line "Table 1" comes when there is a second table, and goes with it."""
        if len(mine.above) == len(fresh.above):
            return False
        title = mine.above[-1]
        generated.forget(self.body, self.starts[block.bookmark])
        if len(mine.above) < len(fresh.above):
            made = tracked.inserted(fresh.above[0], self.pen)
            title.addprevious(made)
            name_block(made, block, self.pen)
        else:
            name_block(title, block, self.pen)
            tracked.deleted(mine.above[0], self.pen)
        self.starts = generated.bookmarks(self.body)
        return True

    def _take_out(self, entry: Entry, unit: Unit) -> None:
        """Delete a table with its title and notes, tracked."""
        caption = Caption.standing(unit.first, unit.grid)
        grids.delete_table(unit.grid, self.pen)
        for node in (*caption.above, *caption.below):
            tracked.deleted(node, self.pen)
        self.lost[entry.bookmark] = entry.base
        self._note(entry, GONE, entry.base)

    def _note(
        self, entry: Entry, action: str, detail: str = "", place: etree._Element | None = None
    ) -> None:
        notice = action in SAID and place is not None
        base = "Contents" if entry.kind == "contents" else entry.base
        self.changes.append(Change(entry.bookmark, base, action, detail, place, notice))

    def _alone(self) -> frozenset[str]:
        """The styles of the line "Annex II" above an annex's title, as they are called here."""
        names = self.pen.transplant.styles
        return frozenset(names.get(style, style) for style in _ALONE)


def first_words(text: str, most: int = SHORT) -> str:
    """Enough of a text to know it again."""
    begins = " ".join(text.split())
    return begins if len(begins) <= most else f"{begins[:most].rstrip()}…"


def visible(paragraph: etree._Element) -> str:
    """What a paragraph shows now, results of fields and all."""
    return "".join(node.text or "" for node in paragraph.iter(w("t")))


def text_of_notice(change: Change, prefix: str) -> str:
    """What the comment on a change says."""
    return f"{prefix}{SAID[change.action].format(detail=change.detail)}"
