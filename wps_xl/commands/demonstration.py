"""The verb ``demo``: forms, consolidation and draft of a whole cycle, on real rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from wps_xl.codebook import load
from wps_xl.commands import Outcome, Progress
from wps_xl.commands.checking import consolidate_lines, gather_into
from wps_xl.commands.issuing import new_review
from wps_xl.commands.reporting import draft_lines, write_draft
from wps_xl.commands.store import now, with_rows
from wps_xl.hosts.files import FilesHost, refuse_if_open
from wps_xl.intake.validation import validate
from wps_xl.sample import load_sample
from wps_xl.sheets.forms.writer import file_name, write_form

RETURNS, WORKBOOK, DRAFT = "returns", "review.xlsx", "council_report.docx"


def demo(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Make DIR/returns, DIR/review.xlsx and DIR/council_report.docx."""
    folder: Path = options.get("folder") or Path("demo")
    returns, workbook, draft = folder / RETURNS, folder / WORKBOOK, folder / DRAFT
    returns.mkdir(parents=True, exist_ok=True)
    refuse_if_open(workbook)
    codebook = load()
    sample = load_sample(codebook)
    steps = 2 * len(sample.requests) + 2
    for done, request in enumerate(sample.requests, start=1):
        write_form(request, returns / file_name(request))
        progress(done, steps, f"Form of {request.entity}")
    host = FilesHost()
    review = new_review(codebook, sample.cycle)
    review = with_rows(review, "Decisions", list(sample.decisions))
    review = with_rows(review, "Recommendations", list(sample.recommendations))
    review = replace(review, settings={**review.settings, "returns_folder": RETURNS})
    host.write(review, workbook, now())
    at = len(sample.requests)
    files = [returns / file_name(request) for request in sample.requests]
    intake = validate(
        files, codebook, review.cycle, lambda done, total, name: progress(at + done, steps, name)
    )
    result = gather_into(host, host.read(workbook), workbook, intake)
    progress(steps - 1, steps, WORKBOOK)
    printed = write_draft(host, host.read(workbook), workbook, draft)
    progress(steps, steps, DRAFT)
    return Outcome(
        [
            f"{len(files)} returns in {returns}.",
            *consolidate_lines(result, intake),
            f"{intake.count('error')} errors, {intake.count('warning')} warnings, "
            f"{intake.count('note')} notes: see sheet Issues.",
            *draft_lines(draft, printed, result.review),
            f"Look first at sheet Start of {workbook}, then at section III of {draft}.",
        ],
        faults=bool(intake.count("error")),
    )
