"""Keeps our own comments in a drafter's document true: the cells behind a text may have moved.

Comments of other people are never touched, nor is one of ours that somebody has answered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from docx.document import Document
from lxml import etree

from wps_xl.office.word import package
from wps_xl.office.word.comments import AUTHOR, PARAGRAPH, TEXT_BELOW
from wps_xl.office.word.ooxml import style_of, w

NOTICE = "Update: "
_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_ABOUT = re.compile(rf"^(?:{PARAGRAPH} [^:]+|{TEXT_BELOW}): ")


@dataclass(frozen=True)
class Own:
    """One comment of ours: its id, its text, and the paragraph it stands in."""

    number: str
    text: str
    paragraph: etree._Element


def own_comments(document: Document) -> Iterator[Own]:
    """Our comments on cells and warnings; those on updates stay where they are."""
    texts = {
        str(comment.comment_id): comment.text
        for comment in document.comments
        if comment.author == AUTHOR and not comment.text.startswith(NOTICE)
    }
    for mark in document.element.body.iter(w("commentReference")):
        number = mark.get(w("id"))
        paragraph = next(mark.iterancestors(w("p")), None)
        if number in texts and paragraph is not None:
            yield Own(number, _ABOUT.sub("", texts[number]), paragraph)


def stale(
    document: Document, paragraphs: Collection[etree._Element], wanted: Collection[str]
) -> list[Own]:
    """Our comments on these paragraphs, or moved to the title, that say nothing wanted now."""
    said = answered(document)
    return [
        comment
        for comment in own_comments(document)
        if comment.text not in wanted
        and (comment.paragraph in paragraphs or style_of(comment.paragraph) == "Title")
        and comment.number not in said
    ]


def remove(document: Document, gone: Collection[str]) -> None:
    """Take out the comments with these ids and their anchors."""
    body = document.element.body
    for node in list(body.iter(w("commentRangeStart"), w("commentRangeEnd"))):
        if node.get(w("id")) in gone:
            node.getparent().remove(node)
    for node in list(body.iter(w("commentReference"))):
        if node.get(w("id")) in gone:
            run = node.getparent()
            if run.getparent() is not None:
                run.getparent().remove(run)
    comments = document.part._comments_part.element  # python-docx cannot delete a comment
    for node in list(comments):
        if node.get(w("id")) in gone:
            comments.remove(node)


def answered(document: Document) -> set[str]:
    """The ids of comments that have a reply, or were resolved."""
    parts = package.related(document, _EXTENDED)
    if not parts:
        return set()
    lines = list(etree.fromstring(parts[0].blob).iter(f"{_W15}commentEx"))
    parents = {line.get(f"{_W15}paraIdParent") for line in lines} - {None}
    parents |= {line.get(f"{_W15}paraId") for line in lines if line.get(f"{_W15}done") == "1"}
    found = set()
    for comment in document.part._comments_part.element:
        ids = {paragraph.get(f"{_W14}paraId") for paragraph in comment.iter(w("p"))}
        if ids & parents:
            found.add(comment.get(w("id")))
    return found
