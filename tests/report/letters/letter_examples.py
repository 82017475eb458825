"""A Register with an entity for each letter, drawn for the tests of letters."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
from report.reviews import Rows, review_of

from wps_xl import assets
from wps_xl.model import Value
from wps_xl.office.word.letter import write
from wps_xl.report.letters import correspondence
from wps_xl.report.letters.correspondence import Letter
from wps_xl.report.letters.fields import fill
from wps_xl.review.workbook import Review

TODAY = dt.date(2007, 6, 20)
SETTINGS: dict[str, Value] = {
    "signatory": "Amina Example; Special Adviser on Gender Issues; Assistant Secretary-General",
    "reply_to": "the Office of the Special Adviser (wps@example.org)",
}
PEOPLE = {
    "Head of entity": "Ms. Ana Silva",
    "Focal point": "Mr. Tom Okello",
    "E-mail": "okello@example.org",
}

ABOUT = {"title": "request", "author": "wps_xl"}
NEW = """
    WFP | progress  | 2007-03-30 | missing | –
    WFP | plan      | 2007-06-30 | missing | –
    WFP | practices | –          | missing | –
"""
LATE = """
    WFP | progress  | 2007-03-30 | received | request 2007-02-28
    WFP | plan      | 2007-06-15 | missing  | request 2007-02-28; reminder 2007-04-20
    WFP | practices | 2007-06-30 | missing  | request 2007-02-28
"""
FAULTY = """
    WFP | progress  | 2007-03-30 | received | request 2007-02-28
    WFP | plan      | 2007-06-15 | received | request 2007-02-28
"""


def day(text: str) -> dt.datetime | None:
    """A date as a cell has it; blank for a bar."""
    return None if text == "–" else dt.datetime.fromisoformat(text)


def register(drawn: str, **people: Value) -> Rows:
    """Lines of the Register: ``entity | form | due | status | letters``, – where blank."""
    rows = []
    for line in drawn.strip().splitlines():
        entity, form, due, status, letters = (part.strip() for part in line.split("|"))
        row: dict[str, Value] = {
            "Entity": entity,
            "Form": form,
            "Takes part": "invited",
            "Due": day(due),
            "Status": status,
            "Letters": None if letters == "–" else letters,
            "Book": f"{entity}_{form}.xlsx" if status == "received" else None,
        }
        rows.append({**row, **people})
    return rows


def error(entity: str, form: str, cell: str, answer: str | None = None) -> dict[str, Value]:
    """An error of a return as sheet Issues has it."""
    message = f"{cell}: “prevension” is not in the list. Write “Prevention”."
    place = {"Book": f"{entity}_{form}.xlsx", "Sheet": "Progress", "Cell": cell}
    return {
        "Severity": "error",
        "Entity": entity,
        "Form": form,
        "Message": message,
        "Our answer": answer,
        **place,
    }


ERRORS = [error("WFP", "progress", f"Progress B{row}") for row in range(5, 12)]


def letters(review: Review, kind: str = "", wait: int = 14) -> dict[str, Letter | str]:
    """Entity to its letter, or to why it gets none."""
    return {
        one.entity: correspondence.needed(one, TODAY, wait, kind)
        for one in correspondence.recipients(review)
    }


def kinds(review: Review, kind: str = "") -> dict[str, str]:
    """Entity to the kind of its letter, or to why it gets none."""
    found = letters(review, kind)
    return {
        entity: letter if isinstance(letter, str) else letter.kind
        for entity, letter in found.items()
    }


def reviewed(drawn: str, *issues: dict[str, Value], **settings: Value) -> Review:
    """A review workbook with these lines of the Register and these issues."""
    return review_of({**SETTINGS, **settings}, Register=register(drawn, **PEOPLE), Issues=issues)


def paragraphs(path: Path) -> list[str]:
    """The paragraphs of a letter as Word shows them."""
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def written(review: Review, folder: Path, kind: str = "") -> Path:
    """The letter to the one entity of the review, as a file."""
    letter = letters(review, kind)["WFP"]
    assert isinstance(letter, Letter), letter
    filled = fill(letter, review, TODAY)
    target = folder / f"{letter.kind}.docx"
    template = assets.path(f"templates/letter_{letter.kind}.docx")
    assert write(template, target, filled.fields, filled.prompts, ABOUT) == []
    return target
