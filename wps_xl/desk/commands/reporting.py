"""The verbs ``report`` and ``trace``."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wps_xl import assets
from wps_xl.desk.commands import Outcome, Progress, updating
from wps_xl.desk.commands.store import host_of, logged, now, tell_slips, with_rows
from wps_xl.desk.hosts import Host
from wps_xl.desk.hosts.locks import refuse_if_open, state
from wps_xl.desk.hosts.together import Document
from wps_xl.model import Draft
from wps_xl.nouns import counted
from wps_xl.office.word.document import Printed
from wps_xl.office.word.editions import ANNOTATED, CLEAN
from wps_xl.review.cycle_status import word_limit
from wps_xl.review.workbook import Review

TEMPLATE = "templates/council_report.docx"


def report(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Write the draft, and in the workbook which sentence rests on which cells."""
    workbook, target = options["workbook"], options["out"]
    host = host_of(options)
    updating.refuse_other(target)
    if options.get("update"):
        updating.require_word(options["update"])
    host.ready(workbook)
    review = host.read(workbook)
    tell_slips(review)
    edition = CLEAN if options.get("clean") else ANNOTATED
    if options.get("update"):
        return update_draft(host, review, workbook, options["update"], target, edition)
    draft = draft_of(review)
    printed = write_draft(host, review, workbook, target, edition, draft)
    lines = draft_lines(target, printed, review, draft)
    if edition == CLEAN:
        left = updating.left_out_lines(draft)
        lines = [lines[0], *printed.taken, *left, *updating.open_lines(draft, printed, review)]
    return Outcome(lines)


def draft_of(review: Review) -> Draft:
    """What the draft of a review workbook says."""
    from wps_xl.report.council.draft import build

    return build(review, assets.path(TEMPLATE))


def write_draft(
    host: Host,
    review: Review,
    workbook: Path,
    target: Path,
    edition: str = ANNOTATED,
    draft: Draft | None = None,
) -> Printed:
    """Write the draft and its Sources."""
    from wps_xl.office.word.document import write

    template = assets.path(TEMPLATE)
    refuse_if_open(target)
    before = state(target)
    instead = f", or bring it up to date: --update {target.name} --out NEW.docx"
    updating.refuse_edited(target, instead)
    moment = now()
    draft = draft or draft_of(review)
    if edition == CLEAN:
        updating.refuse_open(draft, review, template)
    about = updating.about_draft(draft, review, workbook, moment.isoformat())
    content = io.BytesIO()
    printed = write(draft, template, content, edition=edition, properties=about)
    outcome = f"{target.name}: {printed.words} words, {edition} edition."
    document = Document(target, content.getvalue(), before)
    _record(host, review, workbook, draft, printed, outcome, moment, document)
    return printed


def update_draft(
    host: Host,
    review: Review,
    workbook: Path,
    drafter: Path,
    target: Path,
    edition: str = ANNOTATED,
) -> Outcome:
    """Bring a drafter's document up to date as a new file, changes tracked.

    The clean edition of such a document needs no change any more and shows none.
    """
    from wps_xl.office.word.submitting import submit
    from wps_xl.office.word.update.regenerate import refuse, update
    from wps_xl.report.proof.readiness import examples_of

    template = assets.path(TEMPLATE)
    refuse_if_open(target)
    refuse(drafter, target)
    moment = now()
    draft = draft_of(review)
    content = io.BytesIO()
    about = updating.about_draft(draft, review, workbook, moment.isoformat())
    if edition == CLEAN:
        unfit = updating.unfit(draft, review)
        updated = submit(draft, template, drafter, content, about, examples_of(review), unfit)
    else:
        updated = update(draft, template, drafter, content, about)
    told = updating.update_lines(updated)
    outcome = f"{target.name} from {drafter.name}, {edition} edition. {told[0]}"
    document = Document(target, content.getvalue())
    _record(host, review, workbook, draft, updated.printed, outcome, moment, document)
    if edition == CLEAN:
        told = [*updated.masthead, *updated.told]
        told += updating.open_lines(draft, updated.printed, review)
    first, *rest = draft_lines(target, updated.printed, review, draft)
    return Outcome([first, *rest[:-1], *told])


def _record(
    host: Host,
    review: Review,
    workbook: Path,
    draft: Draft,
    printed: Printed,
    outcome: str,
    moment: dt.datetime,
    document: Document,
) -> None:
    """Write Sources and a line of the Log, and with them the document."""
    from wps_xl.report.council.sources import source_rows

    sources = source_rows(draft, printed.paragraphs, review)
    updated = with_rows(review, "Sources", sources)
    said = f"{outcome} {counted(len(sources), 'source')}."
    host.write(logged(updated, "report", said, moment), workbook, moment, [document])


def draft_lines(target: Path, printed: Printed, review: Review, draft: Draft) -> list[str]:
    """What a person reads after a draft was made."""
    from wps_xl.report.council.open_slots import open_slots, slot_line

    limit = word_limit(review)
    over = " That is over the limit." if printed.words > limit else ""
    slots = open_slots(draft, review)
    return [
        f"Wrote {target}: {printed.words:,} words of at most {limit:,}.{over}",
        *([slot_line(slots, printed.paragraphs)] if slots else []),
        "Yellow paragraphs ask the drafter to act; sheet Sources names the cells of each sentence.",
    ]


def trace(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """The way from a figure to its cells, or from a cell to its sentences."""
    from wps_xl.report.proof.trace import trace_lines

    review = host_of(options).read(options["workbook"])
    return Outcome(trace_lines(review, options["ref"]))
