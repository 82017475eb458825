"""Writes a draft into the Word template, and reads the template's fixed paragraphs.

The template says how everything looks; this room relies on its style ids and on the tags of its
content controls only. No block control is left in a draft: LibreOffice 7.4 loses text in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docx.document import Document
from lxml import etree

from wps_xl.errors import InputError
from wps_xl.model import Draft
from wps_xl.office.word import admitting, assembly, contents, ledger, masthead, opening, package
from wps_xl.office.word.editions import ANNOTATED, CLEAN, EDITIONS, without_prompts
from wps_xl.office.word.ooxml import GAP, controls, style_of, texts, w
from wps_xl.office.word.pagination import renew_pages
from wps_xl.office.word.story import PROMPT_STYLE, Story

_SLOT = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True)
class Printed:
    """What Word prints: numbers by key, the count of words, and what went wrong without stopping.

    ``paragraphs`` are "12", "58 (a)" or "annex I, para. 3"; ``lost`` are keys of cross-references
    that lead nowhere and show ``[?]``; ``lines`` are the lines of the contents; ``taken`` says what
    of the template a clean edition leaves out.
    """

    paragraphs: Mapping[str, str]
    footnotes: Mapping[str, int]
    words: int
    sections: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    lines: tuple[contents.ContentsLine, ...] = ()
    taken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Composed:
    """A draft put together: the document, what was written into it, and how it is numbered.

    ``names`` are bookmarks that have another name than their keys give them.
    """

    draft: Draft
    document: Document
    story: Story
    printed: Printed
    names: Mapping[str, str] = field(default_factory=dict)


def boilerplate(template: Path) -> dict[str, str]:
    """The template's fixed paragraphs by key, ``{{slots}}`` unfilled.

    Several paragraphs in one block are joined by a line end; an emptied block is left out.
    """
    document = opening.open_template(template)
    notes = ledger.note_texts(package.root_of(package.footnotes_part(document, template.name)))
    found = {}
    for key, control in controls(document.element.body, "wps:boiler:"):
        read = (ledger.visible_text(node, notes).strip() for node in control.iter(w("p")))
        text = "\n".join(line for line in read if line)
        if text:
            found[key] = text
    return found


def fill(text: str, slots: Mapping[str, str]) -> str:
    """A fixed paragraph with its slots filled, once: what a value holds is never filled again.

    Where a slot has no value, a sign says so.
    """
    return _SLOT.sub(lambda match: slots.get(match[1], GAP), text)


def gaps_in(text: str, slots: Mapping[str, str]) -> tuple[str, ...]:
    """The slots of a fixed paragraph that have no value."""
    return tuple(match[0] for match in _SLOT.finditer(text) if match[1] not in slots)


def write(
    draft: Draft,
    template: Path,
    target: package.Target,
    *,
    edition: str = ANNOTATED,
    properties: Mapping[str, str] | None = None,
    overwrite: bool = True,
) -> Printed:
    """Write the draft as a Word document and say how it is numbered.

    Parameters
    ----------
    edition
        ``annotated`` with comments, prompts and ledger, or ``clean`` for submission.
    properties
        Properties of the file by python-docx's names (title, author, …; ``created`` and
        ``modified`` in ISO form), and ``run`` and ``workbook`` for the ledger.
    overwrite
        False refuses to replace an existing file.

    Returns
    -------
    Printed, whose numbers are those that Word shows.
    """
    if edition not in EDITIONS:
        raise InputError(f"There is no edition '{edition}'. Choose {' or '.join(EDITIONS)}.")
    package.refuse(target, overwrite)
    made = compose(draft, template, edition)
    about = dict(properties or {})
    if edition == CLEAN:
        assembly.strip(made.document)
    else:
        assembly.annotate(made.document, made.story, about, template, draft.fields)
    masthead.set_properties(made.document.core_properties, assembly.file_properties(about))
    renew_pages(made.document)
    taken = list(admitting.purge(made.document, template)) if edition == CLEAN else []
    package.save(made.document, target, overwrite)
    return replace(made.printed, taken=tuple(admitting.told(taken)))


def compose(draft: Draft, template: Path, edition: str = ANNOTATED) -> Composed:
    """The draft as a Word document that is not saved yet, without comments and ledger."""
    document = opening.open_template(template)
    draft = without_prompts(draft) if edition == CLEAN else draft
    story = assembly.begin(draft, document, template)
    lines = tuple(contents.lines(draft, story.labels))
    table = contents.table(lines, {}, story.bookmarks)
    generated = assembly.place(draft, story, document, template, table)
    assembly.settle_notes(document, template, story)
    assembly.fill_masthead(document, draft)
    printed = _printed(draft, story, lines, generated)
    return Composed(draft, document, story, printed)


def entries(path: Path) -> tuple[ledger.Entry, ...]:
    """The ledger of a draft; empty where there is none, as in a clean edition."""
    part = package.custom_part(opening.open_word(path), ledger.NAMESPACE)
    return ledger.from_xml(part.blob) if part is not None else ()


def _printed(
    draft: Draft,
    story: Story,
    lines: tuple[contents.ContentsLine, ...],
    generated: Sequence[etree._Element],
) -> Printed:
    known = story.labels
    return Printed(
        paragraphs={key: label.printed for key, label in known.paragraphs.items()},
        footnotes=dict(known.footnotes),
        words=_words(draft, story, generated),
        sections={key: label.printed for key, label in known.sections.items()},
        tables={key: label.number for key, label in known.tables.items()},
        lost=tuple(story.lost),
        lines=lines,
    )


def _words(draft: Draft, story: Story, generated: Sequence[etree._Element]) -> int:
    """Words of title, headings, paragraphs, tables and notes; prompts are not printed."""
    counted = [node for node in generated if style_of(node) != PROMPT_STYLE]
    found = [draft.fields.get("title", "")]
    found += [text for root in (*counted, story.notes) for text in texts(root)]
    return sum(len(text.split()) for text in found)
