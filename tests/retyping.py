"""Types a draft anew into a plain document, as somebody would who has lost the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import docx
from docx.document import Document
from docx_plus.notes import add_footnote

from wps_xl.office.word.manuscript import Manuscript, Passage, read

Pair = tuple[str, str]
Typist = Callable[[Document, Manuscript], None]


def retyped(source: Path, target: Path, typist: Typist, *changes: Pair) -> Path:
    """The text of ``source`` in a plain document, with words changed; each must be there."""
    text = read(source)
    for old, new in changes:
        text = _changed(text, old, new)
    word = docx.Document()
    typist(word, text)
    word.save(str(target))
    return target


def with_list_of_notes(word: Document, text: Manuscript) -> None:
    """Numbers and marks typed by hand, the notes as a list at the end."""
    for passage in text.passages:
        word.add_paragraph(_numbered(passage, [f"[{note.number}]" for note in passage.notes]))
    for note in text.notes:
        word.add_paragraph(f"{note.number}. {note.text}")


def with_raised_marks(word: Document, text: Manuscript) -> None:
    """Marks as raised numbers, the notes as a list at the end."""
    for passage in text.passages:
        paragraph = word.add_paragraph()
        start = 0
        for note in passage.notes:
            paragraph.add_run(passage.text[start : note.at])
            paragraph.add_run(note.number).font.superscript = True
            start = note.at
        paragraph.add_run(passage.text[start:])
    for note in text.notes:
        word.add_paragraph(f"{note.number}\t{note.text}")


def with_notes_in_brackets(word: Document, text: Manuscript) -> None:
    """The words of each note in brackets, where its mark stood."""
    for passage in text.passages:
        word.add_paragraph(_numbered(passage, [f" [{note.text}]" for note in passage.notes]))


def with_real_footnotes(word: Document, text: Manuscript) -> None:
    """Real footnotes, all at the end of their sentences' paragraph."""
    for passage in text.passages:
        pieces = _pieces(passage, [""] * len(passage.notes))
        paragraph = word.add_paragraph(pieces[0])
        for note, piece in zip(passage.notes, pieces[1:], strict=True):
            add_footnote(paragraph, note.text)
            paragraph.add_run(piece)


TYPISTS: Sequence[Typist] = (
    *(with_list_of_notes, with_raised_marks),
    *(with_notes_in_brackets, with_real_footnotes),
)


def _numbered(passage: Passage, marks: Sequence[str]) -> str:
    typed = "".join(_pieces(passage, marks))
    return f"{passage.number.rpartition(' ')[2]}. {typed}" if passage.numbered else typed


def _pieces(passage: Passage, marks: Sequence[str]) -> list[str]:
    """The text cut at its marks, each piece but the first beginning with its mark."""
    found, start = [], 0
    before = ""
    for note, mark in zip(passage.notes, marks, strict=True):
        found.append(before + passage.text[start : note.at])
        start, before = note.at, mark
    return [*found, before + passage.text[start:]]


def _changed(text: Manuscript, old: str, new: str) -> Manuscript:
    passages = list(text.passages)
    for at, passage in enumerate(passages):
        if old in passage.text:
            place = passage.text.index(old)
            shift = len(new) - len(old)
            notes = tuple(
                replace(note, at=note.at + shift) if note.at > place else note
                for note in passage.notes
            )
            words = passage.text.replace(old, new, 1)
            passages[at] = replace(passage, text=words, notes=notes)
            return replace(text, passages=tuple(passages))
        for number, note in enumerate(passage.notes):
            if old in note.text:
                changed = list(passage.notes)
                changed[number] = replace(note, text=note.text.replace(old, new, 1))
                passages[at] = replace(passage, notes=tuple(changed))
                return replace(text, passages=tuple(passages))
    raise AssertionError(f"{old!r} is not in the draft")
