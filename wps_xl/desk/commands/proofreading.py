"""The verb ``check``: any draft against the review workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wps_xl import assets
from wps_xl.desk.commands import Outcome, Progress
from wps_xl.desk.commands.reporting import TEMPLATE, draft_of
from wps_xl.desk.commands.store import host_of
from wps_xl.report.proof.checking import Held
from wps_xl.report.proof.checking import check as hold
from wps_xl.report.proof.findings import ERROR, Finding
from wps_xl.review.workbook import Review

WIDTH = 150


def check(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """What of a draft is not what the workbook says, by paragraph."""
    from wps_xl.office.word.manuscript import manuscript
    from wps_xl.office.word.opening import open_word
    from wps_xl.report.proof.readiness import left_over

    path: Path = options["draft"]
    document = open_word(path)
    text = manuscript(document)
    held = held_against(host_of(options).read(options["workbook"]))
    return told(
        path, [*hold(text, held), *left_over(document, text, held.review, assets.path(TEMPLATE))]
    )


def held_against(review: Review) -> Held:
    """What drafts are held against: the draft that the workbook gives now."""
    from wps_xl.office.word.document import compose
    from wps_xl.office.word.manuscript import manuscript
    from wps_xl.report.council.wording import Wording

    fresh = compose(draft_of(review), assets.path(TEMPLATE))
    return Held.against(review, manuscript(fresh.document), Wording(review).profile)


def told(path: Path, found: Sequence[Finding]) -> Outcome:
    """The findings as a person reads them; errors are faults."""
    faults = any(finding.severity == ERROR for finding in found)
    return Outcome([_summary(path, found), *_lines(found)], faults)


def _summary(path: Path, found: Sequence[Finding]) -> str:
    counts = Counter(finding.severity for finding in found)
    if not found:
        return f"{path.name} says what the workbook says."
    notes = counts.total() - counts[ERROR]
    also = f" and {notes} to know" if notes else ""
    return f"{path.name}: {counts[ERROR]} to correct{also}."


def _lines(found: Sequence[Finding]) -> list[str]:
    lines = []
    for finding in sorted(found, key=lambda one: one.severity != ERROR):
        about = "" if finding.severity == ERROR else f" ({finding.about})"
        lines.append(f"{finding.place}, {finding.code}{about}: {finding.message}")
        if finding.here and finding.severity == ERROR:
            here, there = _windows(finding.here, finding.there)
            lines.append(f"    draft:    {here}")
            if there:
                lines.append(f"    workbook: {there}")
    return lines


def _windows(here: str, there: str) -> tuple[str, str]:
    """Both texts around the place where they begin to differ."""
    pairs = zip(here, there, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), 0)
    start = max(0, here.rfind(" ", 0, max(same - WIDTH // 3, 0)) + 1)
    return _window(here, start), _window(there, start)


def _window(text: str, start: int) -> str:
    if not text:
        return ""
    cut = text[start : start + WIDTH]
    return f"{'…' if start else ''}{cut}{'…' if start + WIDTH < len(text) else ''}"
