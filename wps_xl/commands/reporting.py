"""The verbs ``report`` and ``trace``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wps_xl import assets
from wps_xl.analysis.review import Review
from wps_xl.commands import Outcome, Progress
from wps_xl.commands.store import logged, now, with_rows
from wps_xl.errors import InputError
from wps_xl.hosts import Host
from wps_xl.hosts.files import FilesHost, refuse_if_open
from wps_xl.report.word.document import Printed

TEMPLATE = "templates/council_report.docx"
WORD_LIMIT = 8500


def report(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Write the draft, and in the workbook which sentence rests on which cells."""
    workbook, target = options["workbook"], options["out"]
    refuse_if_open(workbook)
    host: Host = FilesHost()
    review = host.read(workbook)
    edition = "clean" if options.get("clean") else "annotated"
    printed = write_draft(host, review, workbook, target, edition)
    return Outcome(draft_lines(target, printed, review))


def write_draft(
    host: Host, review: Review, workbook: Path, target: Path, edition: str = "annotated"
) -> Printed:
    """Write the draft and its Sources."""
    from wps_xl.report.draft import build
    from wps_xl.report.sources import source_rows
    from wps_xl.report.word.document import write

    template = assets.path(TEMPLATE)
    refuse_if_open(target)
    moment = now()
    draft = build(review, template)
    about = {
        "title": draft.fields["title"],
        "subject": review.cycle.symbol,
        "author": "wps_xl",
        "created": moment.isoformat(),
        "modified": moment.isoformat(),
        "run": moment.isoformat(),
        "workbook": workbook.name,
    }
    printed = write(draft, template, target, edition=edition, properties=about)
    sources = source_rows(draft, printed.paragraphs, review)
    updated = with_rows(review, "Sources", sources)
    outcome = f"{target.name}: {printed.words} words, {len(sources)} sources."
    host.write(logged(updated, "report", outcome, moment), workbook, moment)
    return printed


def draft_lines(target: Path, printed: Printed, review: Review) -> list[str]:
    """What a person reads after a draft was made."""
    over = " That is over the limit." if printed.words > WORD_LIMIT else ""
    unfilled = ", ".join(sorted(set(printed.unfilled)))
    open_slots = f" Nothing fills {unfilled}; see the template." if unfilled else ""
    return [
        f"Wrote {target}: {printed.words:,} words of at most {WORD_LIMIT:,}.{over}{open_slots}",
        "Yellow paragraphs ask the drafter to act; sheet Sources names the cells of each sentence.",
    ]


def trace(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """The way from a figure to its cells, or from a cell to its sentences (contract 8.11)."""
    from wps_xl.trace import trace_lines

    review = FilesHost().read(options["workbook"])
    lines = trace_lines(review, options["ref"])
    if not lines:
        raise InputError(
            f"Nothing in the last draft rests on '{options['ref']}'. Name a cell such as "
            "Progress!F12, para:12, figure:ID, or a figure as it is printed."
        )
    return Outcome(lines)
