"""Comments of the annotated edition: the remark for drafters and the cells behind a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docx.comments import Comments
from lxml import etree

from wps_xl.model import CellRef, Paragraph, Sentence
from wps_xl.office.word.ooxml import add, clean, content_of, element, style_of, w

AUTHOR = "wps_xl"
INITIALS = "wx"
MOST_CELLS = 12
PARAGRAPH, TEXT_BELOW = "Paragraph", "Text below"


@dataclass(frozen=True)
class Remark:
    """A comment to be: its lines, the first and last element it is about, its paragraph."""

    lines: tuple[str, ...]
    first: etree._Element
    last: etree._Element
    number: str = ""


def sentence_lines(sentence: Sentence) -> tuple[str, ...]:
    """The remark, each figure with its cells, and the other cells; nothing where there is none."""
    lines = [sentence.remark] if sentence.remark else []
    shown: set[CellRef] = set()
    for figure in sentence.figures:
        lines.append(f"{figure.text}: {cell_list(figure.cells)}")
        shown.update(figure.cells)
    others = [cell for cell in sentence.cells if cell not in shown]
    if others:
        lines.append(f"{'Other cells' if shown else 'Cells'}: {cell_list(others)}")
    return tuple(lines)


def cell_list(cells: Iterable[CellRef]) -> str:
    """Addresses in Excel's notation, at most twelve and then how many more there are."""
    found = list(dict.fromkeys(str(cell) for cell in cells))
    if len(found) <= MOST_CELLS:
        return "; ".join(found) or "no cell"
    return f"{'; '.join(found[:MOST_CELLS])} and {len(found) - MOST_CELLS} more"


def grouped(paragraph: Paragraph) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """One comment a sentence with a remark, one for all other sentences of the paragraph.

    Yields the first and last sentence a comment is about, and its lines.
    """
    rest: list[str] = []
    for place, sentence in enumerate(paragraph.sentences):
        lines = sentence_lines(sentence)
        if sentence.remark:
            yield (place, place), lines
        else:
            rest.extend(lines)
    if rest:
        yield (0, len(paragraph.sentences) - 1), tuple(dict.fromkeys(rest))


def attach(
    body: etree._Element,
    comments: Comments,
    remarks: Sequence[Remark],
    date: dt.datetime | None,
    styles: Mapping[str, str] | None = None,
) -> None:
    """Write the comments and anchor them; ``styles`` renames the styles of comments.

    LibreOffice 7.4 confuses the texts of all footnotes when a comment stands between the first
    and the second; such a comment goes to the title and says which paragraph it is about.
    """
    title = [inside for node in body if style_of(node) == "Title" for inside in content_of(node)]
    for remark, between in zip(remarks, _between_first_two_notes(body, remarks), strict=True):
        trapped = bool(title) and between
        lines = remark.lines
        if trapped:
            about = f"{PARAGRAPH} {remark.number}: " if remark.number else f"{TEXT_BELOW}: "
            lines = (about + lines[0], *lines[1:])
        comment = comments.add_comment(text_of(lines), AUTHOR, INITIALS)
        comment._comment_elm.date = date  # python-docx has no setter and writes the time of day
        if trapped:
            mark = _anchor(title[0], title[-1], comment.comment_id)
        else:
            mark = _anchor(remark.first, remark.last, comment.comment_id)
        _rename(styles or {}, comment._comment_elm, mark)


def _rename(styles: Mapping[str, str], *roots: etree._Element) -> None:
    for root in roots:
        for node in root.iter(w("pStyle"), w("rStyle")):
            node.set(w("val"), styles.get(node.get(w("val")), node.get(w("val"))))


def text_of(lines: Iterable[str]) -> str:
    """What a comment with these lines says."""
    return "\n".join(map(clean, lines))


def _anchor(first: etree._Element, last: etree._Element, number: int) -> etree._Element:
    first.addprevious(element("commentRangeStart", id=number))
    end = element("commentRangeEnd", id=number)
    last.addnext(end)
    mark = element("r")
    add(add(mark, "rPr"), "rStyle", val="CommentReference")
    add(mark, "commentReference", id=number)
    end.addnext(mark)
    return mark


def _between_first_two_notes(body: etree._Element, remarks: Sequence[Remark]) -> list[bool]:
    """Of each remark whether it ends after the first footnote mark and before the second."""
    place = {node: at for at, node in enumerate(body.iter())}
    marks = [place[node] for node in body.iter(w("footnoteReference"))]
    if len(marks) < 2:
        return [False] * len(remarks)
    ends = (place[remark.last] + sum(1 for _ in remark.last.iter()) - 1 for remark in remarks)
    return [marks[0] <= end < marks[1] for end in ends]
