"""Changes a paragraph word by word, each change tracked, so that the drafter accepts or rejects."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from wps_xl.office.word.ledger import plain_signs
from wps_xl.office.word.ooxml import element, w
from wps_xl.office.word.revisions import ADDED, Revisions, is_live
from wps_xl.office.word.update.tokens import Token, cut, formatted, join
from wps_xl.office.word.update.transplant import Transplant, bare

Step = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Pen:
    """What writing a tracked change takes; the notes are texts by id, the drafter's and ours."""

    revisions: Revisions
    transplant: Transplant
    notes: Mapping[str, str]
    fresh_notes: Mapping[str, str]


def rewrite(paragraph: etree._Element, fresh: etree._Element, pen: Pen) -> None:
    """Change the paragraph so that, all changes accepted, it says what the fresh one says."""
    old = cut(paragraph, pen.notes)
    new = cut(copy.deepcopy(fresh), pen.fresh_notes)
    behind: dict[int, etree._Element] = {}
    for kind, first, last, start, end in _steps(old, new):
        if kind == "equal":
            continue
        if end > start:
            like = old[min(first, len(old) - 1)] if old else None
            made = _insertion(new[start:end], like, pen)
            if last in behind:
                _put_behind(made, behind[last])
            else:
                _put(made, paragraph, old, last, pen)
            behind[last] = made[-1]
        for token in old[first:last]:
            for node in token.nodes:
                pen.revisions.delete(node)
    join(paragraph)


def inserted(fresh: etree._Element, pen: Pen) -> etree._Element:
    """A new paragraph that says what the fresh one says, wholly inserted."""
    made = pen.transplant.paragraph(fresh)
    pen.revisions.mark_paragraph(made, "ins")
    tokens = cut(copy.deepcopy(fresh), pen.fresh_notes)
    if tokens:
        made.extend(_insertion(tokens, None, pen))
    join(made)
    return made


def deleted(paragraph: etree._Element, pen: Pen) -> None:
    """Mark everything that is live in the paragraph, and its end, as deleted."""
    for token in cut(paragraph, pen.notes):
        for node in token.nodes:
            pen.revisions.delete(node)
    for mark in list(paragraph.iter(w("commentReference"))):
        if is_live(mark):
            pen.revisions.delete(mark.getparent())
    pen.revisions.mark_paragraph(paragraph, "del")
    join(paragraph)


def emptied(paragraph: etree._Element, pen: Pen) -> None:
    """Mark what stands in the paragraph as deleted; the paragraph stays."""
    for token in cut(paragraph, pen.notes):
        for node in token.nodes:
            pen.revisions.delete(node)
    join(paragraph)


def inserted_blank(pen: Pen) -> etree._Element:
    """An empty paragraph, inserted."""
    made = element("p")
    pen.revisions.mark_paragraph(made, "ins")
    return made


def inserted_row(
    fresh: etree._Element, pen: Pen, like: etree._Element | None = None
) -> etree._Element:
    """A table row that says what the fresh one says, wholly inserted; it looks as ``like`` does."""
    made = element("tr")
    peers = iter(like.findall(w("tc")) if like is not None else ())
    for child in fresh:
        if child.tag == w("tc"):
            made.append(_inserted_cell(child, next(peers, None), pen))
        else:
            made.append(copy.deepcopy(child))
    pen.revisions.mark_row(made, "ins")
    return made


def _inserted_cell(fresh: etree._Element, peer: etree._Element | None, pen: Pen) -> etree._Element:
    cell = element("tc")
    properties = (peer if peer is not None else fresh).find(w("tcPr"))
    if properties is not None:
        cell.append(copy.deepcopy(properties))
    for inner in fresh.iter(w("p")):
        cell.append(inserted(inner, pen))
        look = peer.find(f"{w('p')}/{w('pPr')}") if peer is not None else None
        if look is not None:
            cell[-1].replace(cell[-1].find(w("pPr")), bare(look))
            pen.revisions.mark_paragraph(cell[-1], "ins")
    return cell


def inserted_table(fresh: etree._Element, pen: Pen) -> etree._Element:
    """A table like the fresh one, wholly inserted."""
    made = element("tbl")
    for child in fresh:
        made.append(inserted_row(child, pen) if child.tag == w("tr") else copy.deepcopy(child))
    for style in made.iter(w("tblStyle")):
        name = style.get(w("val"))
        style.set(w("val"), pen.transplant.styles.get(name, name))
    return made


def deleted_row(row: etree._Element, pen: Pen) -> None:
    """Mark a table row and all that stands in it as deleted."""
    for paragraph in list(row.iter(w("p"))):
        deleted(paragraph, pen)
    pen.revisions.mark_row(row, "del")


def _steps(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Step]:
    """How the tokens differ; a note changed for a note is a step of its own.

    Otherwise the bookmark around the mark of a note would get the words beside it, too.
    """
    before, after = ([plain_signs(token.key) for token in tokens] for tokens in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        ours = [at for at in range(first, last) if old[at].kind == "note"]
        theirs = [at for at in range(start, end) if new[at].kind == "note"]
        if kind == "replace" and len(ours) == len(theirs):
            for mine, other in zip(ours, theirs, strict=True):
                yield "replace", first, mine, start, other
                yield "replace", mine, mine + 1, other, other + 1
                first, start = mine + 1, other + 1
        yield kind, first, last, start, end


def _insertion(tokens: Sequence[Token], like: Token | None, pen: Pen) -> list[etree._Element]:
    """The tokens as insertions, words formatted as ``like``; a link stands around its own."""
    made: list[etree._Element] = []
    for token in tokens:
        runs = pen.transplant.fresh_runs(token)
        if token.kind == "text" and like is not None and like.kind == "text":
            for node in runs:
                formatted(node, like.nodes[0])
        if token.whole is not None:
            link = element("hyperlink")
            link.attrib.update(token.whole.attrib)
            link.append(pen.revisions.inserted(*runs))
            made.append(link)
        elif made and made[-1].tag == w("ins"):
            made[-1].extend(runs)
        else:
            made.append(pen.revisions.inserted(*runs))
    return made


def _put_behind(made: Sequence[etree._Element], place: etree._Element) -> None:
    for node in reversed(made):
        place.addnext(node)


def _put(
    made: Sequence[etree._Element],
    paragraph: etree._Element,
    old: Sequence[Token],
    last: int,
    pen: Pen,
) -> None:
    """Put insertions behind the token before ``last``, or at the beginning of the text."""
    if last:
        _put_behind(made, _door(old[last - 1].nodes[-1], paragraph, pen))
        return
    first = next((token.nodes[0] for token in old if token.nodes), None)
    if first is not None:
        while first.getparent() is not paragraph:
            first = first.getparent()
        for node in made:
            first.addprevious(node)
        return
    end = next(paragraph.iterchildren(w("bookmarkEnd")), None)
    for node in made:
        paragraph.append(node) if end is None else end.addprevious(node)


def _door(node: etree._Element, paragraph: etree._Element, pen: Pen) -> etree._Element:
    """The element behind which an insertion may stand that follows ``node``.

    What somebody else has inserted is cut in two there; links and controls may hold insertions.
    """
    while node.getparent() is not paragraph:
        holder = node.getparent()
        if holder.tag not in ADDED:
            if node.getnext() is not None:
                return node
        elif any(True for _ in node.itersiblings()):
            rest = pen.revisions.mark("ins")
            rest.tag = holder.tag
            rest.attrib.update(
                {name: text for name, text in holder.attrib.items() if name != w("id")}
            )
            rest.extend(list(node.itersiblings()))
            holder.addnext(rest)
        node = holder
    return node
