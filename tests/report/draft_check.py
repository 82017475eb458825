"""Checks of a draft that openxml-audit and ooxml-integrity do not make.

``check(path)`` gives a line for each fault, beginning with the name of the check. It reads the
file by itself and shares no code with the Word layer, whose numbers it counts again.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEDGER = "{urn:wps-xl:ledger:1}"
LONGEST_NAME = 40
BOOKS = ("document", "styles", "numbering", "footnotes", "comments")


@dataclass(frozen=True)
class Opened:
    """The XML of a draft; ``ledger`` is None in a clean edition."""

    body: etree._Element
    styles: etree._Element
    numbering: etree._Element
    footnotes: etree._Element
    others: tuple[etree._Element, ...]
    ledger: etree._Element | None
    slots: frozenset[str]

    @property
    def everything(self) -> tuple[etree._Element, ...]:
        """All parts that hold paragraphs."""
        return (self.body, self.footnotes, *self.others)


def check(path: Path, slots: Collection[str] = ()) -> list[str]:
    """Every fault of the draft; ``slots`` are the names that the template's slots have."""
    draft = _open(path, frozenset(slots))
    return [f"{check.__name__}: {fault}" for check in CHECKS for fault in check(draft)]


def bookmark_names(draft: Opened) -> Iterator[str]:
    names = Counter(start.get(f"{W}name") for start in draft.body.iter(f"{W}bookmarkStart"))
    yield from (f"{name} is there {times} times" for name, times in names.items() if times > 1)
    yield from (f"{name} is too long" for name in names if len(name) > LONGEST_NAME)


def bookmark_ends(draft: Opened) -> Iterator[str]:
    starts = Counter(node.get(f"{W}id") for node in draft.body.iter(f"{W}bookmarkStart"))
    ends = Counter(node.get(f"{W}id") for node in draft.body.iter(f"{W}bookmarkEnd"))
    for number in sorted(starts.keys() | ends.keys()):
        if starts[number] != 1 or ends[number] != 1:
            yield f"id {number} has {starts[number]} starts and {ends[number]} ends"


def references(draft: Opened) -> Iterator[str]:
    names = {start.get(f"{W}name") for start in draft.body.iter(f"{W}bookmarkStart")}
    for kind, name, *_ in _instructions(draft):
        if kind in ("REF", "PAGEREF", "NOTEREF") and name not in names:
            yield f"{kind} to unknown {name}"
    for link in draft.body.iter(f"{W}hyperlink"):
        if link.get(f"{W}anchor") not in names:
            yield f"link to unknown {link.get(f'{W}anchor')}"


def styles(draft: Opened) -> Iterator[str]:
    known = {style.get(f"{W}styleId") for style in draft.styles.iter(f"{W}style")}
    for root in draft.everything:
        for node in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"):
            if node.get(f"{W}val") not in known:
                yield f"{node.get(f'{W}val')} is not defined"


def lists(draft: Opened) -> Iterator[str]:
    known = {node.get(f"{W}numId") for node in draft.numbering.iter(f"{W}num")}
    for root in (*draft.everything, draft.styles):
        for node in root.iter(f"{W}numId"):
            if node.get(f"{W}val") not in known | {"0"}:
                yield f"list {node.get(f'{W}val')} is not defined"


def footnote_order(draft: Opened) -> Iterator[str]:
    marks = [node.get(f"{W}id") for node in draft.body.iter(f"{W}footnoteReference")]
    notes = [node.get(f"{W}id") for node in draft.footnotes if not node.get(f"{W}type")]
    if marks != notes:
        yield f"marks {marks}, notes {notes}"


def slots_left(draft: Opened) -> Iterator[str]:
    text = "\n".join(_text(node) for root in draft.everything for node in root.iter(f"{W}p"))
    found = re.findall(r"\{\{\s*(\w+)\s*\}\}", text)
    yield from (f"{name} is not filled" for name in found if name in draft.slots)


def comment_trap(draft: Opened) -> Iterator[str]:
    nodes = draft.body.iter(f"{W}footnoteReference", f"{W}commentReference")
    kinds = [node.tag == f"{W}footnoteReference" for node in nodes]
    marks = [place for place, is_mark in enumerate(kinds) if is_mark]
    if len(marks) > 1 and marks[1] - marks[0] > 1:
        yield "a comment stands between footnotes 1 and 2 (LibreOffice 7.4 confuses the notes)"


def block_controls(draft: Opened) -> Iterator[str]:
    for control in draft.body.iter(f"{W}sdt"):
        if control.find(f"{W}sdtContent/{W}p") is not None:
            yield "a content control holds paragraphs (LibreOffice 7.4 loses text)"


def field_ends(draft: Opened) -> Iterator[str]:
    for root in draft.everything:
        for paragraph in root.iter(f"{W}p"):
            kinds = [node.get(f"{W}fldCharType") for node in paragraph.iter(f"{W}fldChar")]
            if kinds != ["begin", "separate", "end"] * (len(kinds) // 3):
                yield f"a field is not whole: {kinds}"


def numbers(draft: Opened) -> Iterator[str]:
    """Stored results of cross-references against the numbers that Word will count."""
    known = dict(_counted(draft))
    marks = dict(_marks(draft))
    for kind, name, switches, result in _instructions(draft):
        right = known.get(name) if kind == "REF" and "\\n" in switches else None
        right = marks.get(name) if kind == "NOTEREF" else right
        if right is not None and right != result:
            yield f"{kind} {name} shows {result}, Word counts {right}"


def ledger(draft: Opened) -> Iterator[str]:
    names = {start.get(f"{W}name") for start in draft.body.iter(f"{W}bookmarkStart")}
    for entry in draft.ledger if draft.ledger is not None else ():
        if entry.get("bookmark") not in names and entry.get("state") != "deleted":
            yield f"{entry.get('key')} has no bookmark"


CHECKS: tuple[Callable[[Opened], Iterator[str]], ...] = (
    *(bookmark_names, bookmark_ends, references, styles, lists, footnote_order, slots_left),
    *(comment_trap, block_controls, field_ends, numbers, ledger),
)


def _open(path: Path, slots: frozenset[str]) -> Opened:
    with zipfile.ZipFile(path) as file:
        parts = {
            name: etree.fromstring(file.read(name))
            for name in file.namelist()
            if name.endswith(".xml") and "theme" not in name
        }
    named = {f"word/{name}.xml": name for name in BOOKS[:4]}
    found = {short: parts[name] for name, short in named.items()}
    others = [
        root
        for name, root in parts.items()
        if name.startswith("word/") and name not in named and root.find(f".//{W}p") is not None
    ]
    ledgers = [root for root in parts.values() if root.tag == f"{LEDGER}ledger"]
    return Opened(
        body=found["document"].find(f"{W}body"),
        styles=found["styles"],
        numbering=found["numbering"],
        footnotes=found["footnotes"],
        others=tuple(others),
        ledger=ledgers[0] if ledgers else None,
        slots=slots,
    )


def _text(paragraph: etree._Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


def _instructions(draft: Opened) -> Iterator[tuple[str, str, str, str]]:
    """Kind, bookmark, switches and stored result of each field of the body."""
    for node in draft.body.iter(f"{W}instrText"):
        words = (node.text or "").split()
        after = node.getparent().getnext().getnext()
        result = "".join(text.text or "" for text in after.iter(f"{W}t"))
        yield words[0], words[1] if len(words) > 1 else "", " ".join(words[2:]), result


def _marks(draft: Opened) -> Iterator[tuple[str, str]]:
    """The number of each footnote mark by the bookmark around it."""
    marks = draft.body.iter(f"{W}footnoteReference")
    stay = (mark for mark in marks if next(mark.iterancestors(f"{W}del"), None) is None)
    for number, mark in enumerate(stay, 1):
        before = mark.getparent().getprevious()
        if before is not None and before.tag == f"{W}bookmarkStart":
            yield before.get(f"{W}name"), str(number)


def _counted(draft: Opened) -> Iterator[tuple[str, str]]:
    """The number of each paragraph by its bookmarks, counted as Word counts."""
    counts: dict[str, list[int]] = {}
    by_style = _bound_styles(draft)
    formats, origin = _formats(draft)
    for paragraph in draft.body.iter(f"{W}p"):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            continue  # goes when changes are accepted
        number, level = _bound(paragraph, by_style)
        if number not in origin:
            continue
        count = counts.setdefault(number, [0] * 9)
        count[level] += 1
        count[level + 1 :] = [0] * (8 - level)
        kind, text = formats[origin[number], level]
        label = text.replace(f"%{level + 1}", _as(kind, count[level])).rstrip(".")
        for start in paragraph.iter(f"{W}bookmarkStart"):
            yield start.get(f"{W}name"), label


def _bound_styles(draft: Opened) -> dict[str, tuple[str, int]]:
    bound = {}
    for style in draft.styles.iter(f"{W}style"):
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        level = style.find(f"{W}pPr/{W}numPr/{W}ilvl")
        if number is not None:
            depth = int(level.get(f"{W}val")) if level is not None else 0
            bound[style.get(f"{W}styleId")] = (number.get(f"{W}val"), depth)
    return bound


def _bound(paragraph: etree._Element, by_style: dict[str, tuple[str, int]]) -> tuple[str, int]:
    """The list and level of a paragraph; an empty name where it has none."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    own = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
    number, level = by_style.get(style.get(f"{W}val"), ("", 0)) if style is not None else ("", 0)
    return (own.get(f"{W}val"), level) if own is not None else (number, level)


def _formats(draft: Opened) -> tuple[dict[tuple[str, int], tuple[str, str]], dict[str, str]]:
    """Format and text by abstract list and level; abstract list by list."""
    formats = {
        (abstract.get(f"{W}abstractNumId"), int(level.get(f"{W}ilvl"))): (
            level.find(f"{W}numFmt").get(f"{W}val"),
            level.find(f"{W}lvlText").get(f"{W}val"),
        )
        for abstract in draft.numbering.iter(f"{W}abstractNum")
        for level in abstract.iter(f"{W}lvl")
    }
    origin = {
        node.get(f"{W}numId"): node.find(f"{W}abstractNumId").get(f"{W}val")
        for node in draft.numbering.iter(f"{W}num")
    }
    return formats, origin


def _as(kind: str, number: int) -> str:
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("upperRoman", "lowerRoman"):
        tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")[number // 10]
        ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return tens + ones if kind == "upperRoman" else (tens + ones).lower()
    return str(number)
