"""Our comments on an update that nobody answered, beside words that the workbook no longer says.

A drafter answers by changing the words, by deleting or resolving the comment, or by a reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docx.document import Document
from lxml import etree

from wps_xl.office.word.comments import AUTHOR
from wps_xl.office.word.ooxml import w
from wps_xl.office.word.update import kept_comments
from wps_xl.office.word.update.merging import KEPT_GONE, SAID, TABLE, first_words, visible

_WHOLE = tuple(SAID[action].partition(" Changed")[0] for action in (TABLE, KEPT_GONE))
_ABOUT = re.compile(r"Paragraph (?P<number>[^:]+): ")
_CHANGED = "Changed: "
_OLD = re.compile("“([^”]*)”(?= → | goes)")

Numbers = Mapping[etree._Element, tuple[str, ...]]


def unanswered(document: Document, numbers: Numbers) -> Iterator[tuple[etree._Element, str]]:
    """Each paragraph that still says what the workbook no longer says, and what changed."""
    answered = kept_comments.answered(document)
    texts = {
        str(comment.comment_id): comment.text
        for comment in document.comments
        if comment.author == AUTHOR and kept_comments.NOTICE in comment.text
    }
    for mark in list(document.element.body.iter(w("commentReference"))):
        number = mark.get(w("id"))
        place = next(mark.iterancestors(w("p")), None)
        if number not in texts or number in answered or place is None:
            continue
        # A comment that LibreOffice would muddle stands at the title and names its paragraph.
        about = _ABOUT.match(texts[number])
        place = _numbered(about["number"], numbers, place) if about else place
        detail = texts[number].partition(kept_comments.NOTICE)[2]
        if _stands(visible(place), detail):
            yield place, first_words(detail.partition(_CHANGED)[2] or detail)


def _stands(text: str, detail: str) -> bool:
    if any(said in detail for said in _WHOLE):
        return True
    changed = detail.partition(_CHANGED)[2]
    return any(words and words in text for words in _OLD.findall(changed))


def _numbered(number: str, numbers: Numbers, place: etree._Element) -> etree._Element:
    return next((node for node, steps in numbers.items() if " ".join(steps) == number), place)
