"""Drafters at work, for the tests of regeneration: they edit, delete, split, and add."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import docx
from docx.document import Document
from docx_plus.revisions import accept_all_revisions, reject_all_revisions
from lxml import etree
from office.word.reading import TEMPLATE, W
from office.word.sample_draft import PROPERTIES

from wps_xl.model import Block, Draft, Footnote, Paragraph, Part, Section
from wps_xl.office.word import document
from wps_xl.office.word.ledger import note_texts, visible_text
from wps_xl.office.word.ooxml import bookmark_name
from wps_xl.office.word.package import footnotes_part, root_of
from wps_xl.office.word.update.regenerate import Updated, update

Edit = Callable[[Document], None]
DAY = "2007-09-20T00:00:00Z"
LATER = {**PROPERTIES, "modified": "2007-10-01T09:00:00"}


def written(tree: Draft, path: Path) -> Path:
    """The draft as a file, annotated."""
    document.write(tree, TEMPLATE, path, properties=PROPERTIES)
    return path


def edited(path: Path, *edits: Edit) -> Path:
    """The file after a drafter's edits."""
    word = docx.Document(str(path))
    for edit in edits:
        edit(word)
    word.save(str(path))
    return path


def updated(tree: Draft, drafter: Path, name: str = "new.docx") -> tuple[Path, Updated]:
    target = drafter.with_name(name)
    return target, update(tree, TEMPLATE, drafter, target, LATER)


def actions(done: Updated) -> dict[str, str]:
    """First words of each block to what was done, unchanged ones left out."""
    return {line.begins: line.action for line in done.done if line.action != "unchanged"}


def accepted(path: Path) -> Path:
    return _resolved(path, accept_all_revisions, "accepted")


def rejected(path: Path) -> Path:
    return _resolved(path, reject_all_revisions, "rejected")


def _resolved(path: Path, resolve: Callable[[Document], None], name: str) -> Path:
    word = docx.Document(str(path))
    tag = "del" if name == "accepted" else "ins"
    gone = [node for node in word.element.body.iter(f"{W}p") if ends(node, tag)]
    resolve(word)
    for node in gone:  # docx-plus leaves them there, empty
        if not "".join(text.text or "" for text in node.iter(f"{W}t")):
            node.getparent().remove(node)
    for node in list(word.element.body.iter(f"{W}delInstrText")):
        node.tag = f"{W}instrText"  # docx-plus gives back deleted words, not deleted fields
    target = path.with_name(f"{path.stem}_{name}.docx")
    word.save(str(target))
    return target


def ends(paragraph: etree._Element, tag: str) -> bool:
    """Whether the paragraph's own end was inserted or deleted."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None


def lines(path: Path) -> list[str]:
    """What each paragraph says, notes by text and fields by instruction; empty ones left out."""
    word = docx.Document(str(path))
    notes = note_texts(root_of(footnotes_part(word, path.name)))
    found = (visible_text(node, notes).strip() for node in word.element.body.iter(f"{W}p"))
    return [text for text in found if text]


def paragraph_of(word: Document, key: str) -> etree._Element:
    """The paragraph that was generated under ``key``."""
    for start in word.element.body.iter(f"{W}bookmarkStart"):
        if start.get(f"{W}name") == bookmark_name(key):
            return next(start.iterancestors(f"{W}p"))
    raise AssertionError(f"no paragraph {key}")


def say(key: str, old: str, new: str) -> Edit:
    """The drafter changes words."""

    def edit(word: Document) -> None:
        for text in paragraph_of(word, key).iter(f"{W}t"):
            if old in (text.text or ""):
                text.text = text.text.replace(old, new)
                return
        raise AssertionError(f"{old} is not in {key}")

    return edit


def delete(key: str) -> Edit:
    """The drafter takes a paragraph out."""

    def edit(word: Document) -> None:
        node = paragraph_of(word, key)
        node.getparent().remove(node)

    return edit


def add_below(key: str, text: str, style: str = "ParaNo") -> Edit:
    """The drafter writes a paragraph of their own."""

    def edit(word: Document) -> None:
        made = etree.SubElement(etree.Element(f"{W}body"), f"{W}p")
        properties = etree.SubElement(made, f"{W}pPr")
        etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", style)
        run = etree.SubElement(made, f"{W}r")
        etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}b")
        etree.SubElement(run, f"{W}t").text = text
        paragraph_of(word, key).addnext(made)

    return edit


def track_words(key: str, words: str, tag: str) -> Edit:
    """Somebody inserts or deletes these words, with changes tracked."""

    def edit(word: Document) -> None:
        for text in paragraph_of(word, key).iter(f"{W}t"):
            before, found, after = (text.text or "").partition(words)
            if found:
                break
        run = text.getparent()
        mark = etree.Element(f"{W}{tag}")
        number = "71" if tag == "ins" else "72"
        for name, value in (("id", number), ("author", "Somebody"), ("date", DAY)):
            mark.set(f"{W}{name}", value)
        for piece, holder in ((after, None), (words, mark), (before, None)):
            made = etree.Element(f"{W}r")
            kind = "delText" if holder is not None and tag == "del" else "t"
            inner = etree.SubElement(made, f"{W}{kind}")
            inner.text = piece
            inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if holder is not None:
                holder.append(made)
            run.addnext(made if holder is None else holder)
        run.getparent().remove(run)

    return edit


def split(key: str, words: str) -> Edit:
    """The drafter presses Enter before these words."""

    def edit(word: Document) -> None:
        node = paragraph_of(word, key)
        text = next(text for text in node.iter(f"{W}t") if words in (text.text or ""))
        run = text.getparent()
        below = etree.Element(f"{W}p")
        below.extend([etree.fromstring(etree.tostring(node.find(f"{W}pPr")))])
        made = etree.SubElement(below, f"{W}r")
        text.text = text.text.replace(words, "")
        etree.SubElement(made, f"{W}t").text = words
        below.extend(list(run.itersiblings()))
        node.addnext(below)

    return edit


def remove_comments(word: Document) -> None:
    """The drafter has dealt with all comments and takes them out."""
    body = word.element.body
    for node in list(body.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd")):
        node.getparent().remove(node)
    for node in list(body.iter(f"{W}commentReference")):
        node.getparent().getparent().remove(node.getparent())
    for comment in list(word.part._comments_part.element):
        comment.getparent().remove(comment)


def with_blocks(tree: Draft, change: Callable[[Block], list[Block]]) -> Draft:
    """The draft with each block replaced by what ``change`` makes of it."""

    def section(old: Section) -> Section:
        blocks = tuple(new for block in old.blocks for new in change(block))
        return replace(old, blocks=blocks, sections=tuple(map(section, old.sections)))

    return replace(
        tree,
        sections=tuple(map(section, tree.sections)),
        annexes=tuple(map(section, tree.annexes)),
    )


def replaced(tree: Draft, new: Mapping[str, list[Block]]) -> Draft:
    """The draft with other blocks in the place of those with these keys."""
    return with_blocks(tree, lambda block: new.get(block.key, [block]))


def words_changed(tree: Draft, *pairs: tuple[str, str]) -> Draft:
    """The draft with words replaced wherever they stand, in notes and tables, too."""

    def text(old: str) -> str:
        for one, other in pairs:
            old = old.replace(one, other)
        return old

    def part(old: Part) -> Part:
        if isinstance(old, Footnote):
            return replace(old, text=text(old.text))
        return text(old) if isinstance(old, str) else old

    def block(old: Block) -> list[Block]:
        if not isinstance(old, Paragraph):
            return [replace(old, rows=tuple(tuple(map(text, row)) for row in old.rows))]
        found = [replace(one, parts=tuple(map(part, one.parts))) for one in old.sentences]
        return [replace(old, sentences=tuple(found))]

    return with_blocks(tree, block)
