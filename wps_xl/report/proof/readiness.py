"""Findings about what a draft still holds and the edition for submission must not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from docx.document import Document

from wps_xl.office.word import admitting
from wps_xl.office.word.leftovers import EMBEDDED, EMPTY, SLOT, TRACKED, YELLOW, Left, leftovers
from wps_xl.office.word.manuscript import Manuscript, manuscript
from wps_xl.office.word.prompting import answered
from wps_xl.office.word.refusing import EXAMPLE
from wps_xl.office.word.update.walk import recorded
from wps_xl.report.council.release import examples_among
from wps_xl.report.proof.findings import ERROR, NOTE, Finding
from wps_xl.review.workbook import Review

OPEN = "before submission"
_SAID = {
    YELLOW: "A yellow paragraph asks the drafter to act.",
    SLOT: "Nothing fills {what}.",
    TRACKED: "A tracked change is not decided.",
    EMPTY: "Nothing stands under this heading.",
    EMBEDDED: "An object or a picture is not kept in the file as text or as a picture: {what}.",
    EXAMPLE: "The text is still marked as example: {what}.",
}
CARRIED, UNFILLED = "carried", "masthead"
_WAITING = (YELLOW, TRACKED, EMBEDDED)
"""What every draft may hold until it is submitted."""


def left_over(
    document: Document, text: Manuscript, review: Review, template: Path
) -> Iterator[Finding]:
    """A finding for each; what every draft may hold is a note."""
    written_over = answered(document, recorded(document).values())
    found = (
        *leftovers(document, written_over),
        *admitting.embedded(document),
        *examples_among(text, review),
    )
    for left in found:
        yield _finding(left)
    for line in admitting.told(admitting.carried(document, template), "check"):
        yield Finding(CARRIED, line, "", 0, "", "", "", NOTE, OPEN)
    for field in admitting.unfilled(document, template):
        message = f"“{field}” in the masthead is still to be filled."
        yield Finding(UNFILLED, message, "", 0, "", "", "", NOTE, OPEN)


def examples_of(review: Review) -> Callable[[Document], list[Left]]:
    """Finds in a document the text that this workbook marks as example."""
    return lambda document: examples_among(manuscript(document), review)


def _finding(left: Left) -> Finding:
    message = _SAID[left.code].format(what=left.what)
    severity = NOTE if left.code in _WAITING else ERROR
    return Finding(
        left.code, message, left.number, 0, left.begins.rstrip("…"), "", "", severity, OPEN
    )
