"""What ``report`` does with a drafter's own document, and before a clean edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from wps_xl.errors import InputError
from wps_xl.model import Draft
from wps_xl.nouns import counted
from wps_xl.office.word.document import Printed
from wps_xl.office.word.editions import CLEAN
from wps_xl.office.word.update.regenerate import Done, Updated
from wps_xl.review.workbook import Review

SHOWN = 10


def refuse_open(draft: Draft, review: Review, template: Path) -> None:
    """InputError with everything that keeps the draft of this workbook from being clean."""
    from wps_xl.office.word import admitting
    from wps_xl.office.word.document import compose
    from wps_xl.office.word.leftovers import SLOT, leftovers
    from wps_xl.office.word.refusing import refuse
    from wps_xl.report.council.release import open_places

    made = compose(draft, template, CLEAN)
    found = open_places(draft, made.printed.paragraphs, review)
    named = any(left.code == SLOT for left in found)
    found += [left for left in leftovers(made.document) if not (named and left.code == SLOT)]
    found += admitting.embedded(made.document)
    others = [*_placeholders(draft, review), *_examples(draft, review)]
    refuse("The clean edition", found, others)


def unfit(draft: Draft, review: Review) -> list[str]:
    """What of the workbook keeps a drafter's own document from being clean, a reason each."""
    from wps_xl.office.word.leftovers import YELLOW, Left
    from wps_xl.office.word.refusing import reasons

    lost = [paragraph.text for paragraph in draft.paragraphs() if paragraph.stops]
    nowhere = [Left(YELLOW, "", text, "") for text in lost]
    return [*_placeholders(draft, review), *reasons("The workbook's draft", nowhere)]


def _examples(draft: Draft, review: Review) -> list[str]:
    """The text that would be printed and is still marked as example."""
    from wps_xl.report.council.release import examples_in

    found = examples_in(draft, review)
    if not found:
        return []
    named = "; ".join(f"{one.table} {one.code}, in {one.place}" for one in found[:SHOWN])
    more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    tables = ", ".join(dict.fromkeys(one.table for one in found))
    return [
        f"{counted(len(found), 'text is', 'texts are')} still marked as example: {named}{more}. "
        f"Confirm the words on sheet Lists (table {tables}) and empty the column status, or leave "
        "them out."
    ]


def _placeholders(draft: Draft, review: Review) -> list[str]:
    """What would be printed because sheet Cycle says nothing."""
    from wps_xl.report.council.release import placeholders_in
    from wps_xl.report.council.wording import Wording

    found = placeholders_in(draft, Wording(review))
    lines = "that line" if len(found) == 1 else "those lines"
    said = f"The clean edition would print {', '.join(found)}. Fill in {lines} of sheet Cycle."
    return [said] if found else []


def refuse_other(target: Path) -> None:
    """InputError where the document to be written has not the ending of one."""
    if target.suffix.lower() != ".docx":
        raise InputError(f"{target.name} is no Word document. Name a file that ends in .docx.")


def require_word(drafter: Path) -> None:
    """InputError where the drafter's document cannot be read, before any work is done."""
    from wps_xl.office.word import opening

    opening.require_word(drafter)


def refuse_edited(target: Path, instead: str = "") -> None:
    """InputError where a new document would replace what somebody wrote."""
    from wps_xl.office.word.update.unedited import edited_since

    if target.exists() and edited_since(target):
        raise InputError(
            f"{target.name} was edited since it was written, holds comments, or is no draft with a "
            f"record of wps_xl; what it holds would be lost. Choose another name{instead}."
        )


def left_out_lines(draft: Draft) -> list[str]:
    """Which headings an edition straight from the workbook lacks."""
    from wps_xl.report.council.release import left_out

    gone = left_out(draft)
    titles = "; ".join(gone)
    return [f"Left out, as nothing but yellow paragraphs stood there: {titles}."] if gone else []


def open_lines(draft: Draft, printed: Printed, review: Review) -> list[str]:
    """What is still open in a clean edition, for those who submit it."""
    from wps_xl.report.council.release import open_remarks
    from wps_xl.review.cycle_status import standing

    lines = []
    errors = standing(review).errors
    if errors:
        waiting = counted(errors, "error is", "errors are")
        lines.append(f"{waiting} open on sheet Issues; what they hold back is not in the text.")
    found = open_remarks(draft, printed.paragraphs)
    if found:
        several = counted(len(found), "sentence rests", "sentences rest")
        lines += [f"{several} on something that is still open:", *found]
    return lines or ["Nothing is open beside its sentences."]


def update_lines(updated: Updated) -> list[str]:
    """What a person reads after an update: how many of each, then what changed, by paragraph."""
    counts = Counter(done.action for done in updated.done)
    summary = "; ".join(f"{action}: {count}" for action, count in counts.items())
    changed = [done for done in updated.done if done.action != "unchanged"]
    known = [line for line in (updated.known, *updated.masthead, *updated.told) if line]
    return [f"Paragraphs, headings and tables: {summary}.", *known, *map(_line, changed)]


def _line(done: Done) -> str:
    place = f"Paragraph {done.number}" if done.number else "Text"
    detail = f": {done.detail}" if done.detail and done.detail != done.begins else ""
    return f"{place} “{done.begins}” {done.action}{detail}"


def about_draft(draft: Draft, review: Review, workbook: Path, moment: str) -> Mapping[str, str]:
    """Properties of the file, and what its ledger says of its origin."""
    return {
        "title": draft.fields["title"],
        "subject": review.cycle.symbol,
        "author": "wps_xl",
        "created": moment,
        "modified": moment,
        "run": moment,
        "workbook": workbook.name,
    }
