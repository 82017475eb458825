"""What the draft says: a tree of sections, paragraphs and sentences, each with its cells.

The structure is that of S/2007/567. The tool counts and selects; what it cannot say it asks of
the drafter, and what is missing it names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wps_xl.model import Draft, Figure, Paragraph, Section, Sentence
from wps_xl.nouns import plural
from wps_xl.office.word.document import boilerplate
from wps_xl.records import Recommendation, RegisterLine, alike, text
from wps_xl.report.council.annexes import annexes
from wps_xl.report.council.blocks import Fixed, fixed_paragraphs, lettered, prompt, section
from wps_xl.report.council.counts import others, respondents
from wps_xl.report.council.facts import DraftFacts
from wps_xl.report.council.plan import plan
from wps_xl.report.council.practices import practices
from wps_xl.report.council.progress import progress
from wps_xl.report.council.remarks import remarked
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.report.editorial.pasted import unbroken
from wps_xl.review import register
from wps_xl.review.workbook import Review

PROGRESS = "progress"


def build(review: Review, template: Path) -> Draft:
    """The draft of a review workbook; fixed paragraphs come from the Word template."""
    wording = Wording(review)
    known = DraftFacts(review)
    fixed = fixed_paragraphs(review, wording, boilerplate(template))
    sections = (
        _introduction(wording, fixed),
        section(wording, "methodology", list(_methodology(review, wording, fixed))),
        progress(known, wording, fixed),
        plan(known, wording, fixed),
        practices(known, wording, fixed),
        _conclusions(review, wording, fixed),
    )
    draft = Draft(masthead_fields(review, wording), sections)
    return remarked(replace(draft, annexes=annexes(known, wording, draft)), review)


def masthead_fields(review: Review, wording: Wording) -> dict[str, str]:
    """Title and symbol; the mark of sheet Cycle stands behind both, and so on every page."""
    mark = review.text("mark")
    behind = f" [{mark}]" if mark else ""
    symbol = review.cycle.symbol or ("S" if mark else "")
    return {"title": f"{wording.text('title')}{behind}", "symbol": f"{symbol}{behind}"}


def _introduction(wording: Wording, fixed: Fixed) -> Section:
    blocks = [*fixed.get("introduction", ()), prompt(wording, "introduction")]
    return section(wording, "introduction", blocks)


def _methodology(review: Review, wording: Wording, fixed: Fixed) -> Iterator[Paragraph]:
    """Who was asked, who answered, and what came in when (paras. 3-6)."""
    yield from fixed.get("methodology", ())
    yield prompt(wording, "methodology")
    bodies = others(review, wording, PROGRESS)
    told = [respondents(review, wording, PROGRESS), *([bodies] if bodies else [])]
    received = _received(review, wording)
    yield Paragraph("methodology.respondents", (*told, *([received] if received else [])))
    lines = review.rows(RegisterLine)
    invited = [line for line in lines if line.takes_part == register.INVITED]
    silent = [_named(line) for line in invited if line.status not in register.CAME]
    repair = [_named(line) for line in invited if line.status == register.REPAIR]
    forms = list(review.codebook["forms"])
    sent = {line.form for line in invited if line.status in register.CAME}
    none = [form for form in forms if form not in sent]
    missing = [name for name in silent if not any(name.endswith(f"({form})") for form in none)]
    if missing:
        yield prompt(wording, "missing", list=", ".join(missing))
    if repair:
        yield prompt(wording, "to_repair", list=", ".join(repair))
    if none:
        labels = map(review.codebook["forms"].label, none)
        yield prompt(wording, "missing.forms", list="; ".join(labels))


def _named(line: RegisterLine) -> str:
    return f"{line.entity} ({line.form})"


def _received(review: Review, wording: Wording) -> Sentence | None:
    """How many returns of each form came in, and between which days."""
    lines = [
        line
        for line in review.rows(RegisterLine)
        if line.takes_part == register.INVITED and line.status == register.RECEIVED
        # A signed return without a row is a response, but nothing was received in it.
        if line.rows != 0
    ]
    days = [line.received for line in lines if line.received is not None]
    if not days:
        return None
    counts = Counter(line.form for line in lines)
    numbers = style.same_category(counts.values())
    named = [_forms(review, wording, form, found) for form, found in counts.items()]
    listed = style.join(f"{n} {name}" for n, name in zip(numbers, named, strict=True))
    first, last = min(days).date(), max(days).date()
    when = wording.text("received.on", date=style.date(first))
    if first != last:
        when = wording.text("received.between", first=style.date(first), last=style.date(last))
    cells = tuple(line.cell_of("received") for line in lines)
    figures = tuple(
        Figure(f"returns.{form}", found, printed, cells)
        for (form, found), printed in zip(counts.items(), numbers, strict=True)
    )
    said = wording.text("received", list=listed, when=when)
    return Sentence("methodology.received", (style.capital(said),), figures, cells)


def _forms(review: Review, wording: Wording, form: str, count: int) -> str:
    key = plural(count, f"return.{form}", f"returns.{form}")
    return wording.text(key) if key in wording else review.codebook["forms"].label(form).lower()


def _conclusions(review: Review, wording: Wording, fixed: Fixed) -> Section:
    """Section VI: the recommendations of the sheet as items (a), (b), … (para. 58).

    Those of earlier reports that are still open are put before the drafter, not printed as new.
    """
    given = [row for row in review.rows(Recommendation) if row.recommendation]
    ours = [row for row in given if alike(row.of_cycle) in ("", alike(review.cycle.code))]
    earlier = [row for row in given if row not in ours]
    opening = [prompt(wording, "conclusions")]
    if earlier:
        texts = "; ".join(f"“{row.recommendation}”" for row in earlier)
        opening.append(prompt(wording, "recommendations.earlier", list=texts))
    bare = ", ".join(_without_words(review))
    if bare:
        opening.append(prompt(wording, "recommendations.bare", list=bare))
    if not ours:
        asked = [] if bare else [prompt(wording, "recommendations")]
        return section(wording, "conclusions", [*opening, *asked])
    cells = [(row.cell_of("recommendation"),) for row in ours]
    pasted = [unbroken(row.recommendation) for row in ours]
    items = lettered("recommendation", [one.text for one in pasted], cells)
    items = [_noted(item, one.remark) for item, one in zip(items, pasted, strict=True)]
    return section(wording, "conclusions", [*opening, *fixed.get("conclusions", ()), *items])


def _without_words(review: Review) -> Iterator[str]:
    """The first cell of each row of Recommendations that says something, but no recommendation."""
    for row in review.rows(Recommendation):
        filled = [code for code, value in row.by_code().items() if text(value)]
        if filled and not row.recommendation:
            yield f"“{text(row.raw(filled[0]))}” in {row.cell_of(filled[0])}"


def _noted(item: Paragraph, remark: str) -> Paragraph:
    """The item with a remark on its sentence."""
    return replace(item, sentences=tuple(replace(s, remark=remark) for s in item.sentences))
