"""What the draft says: a tree of sections, paragraphs and sentences, each with its cells.

The structure is that of S/2007/567. The tool counts and selects; what it cannot say it asks of
the drafter, and what is missing it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wps_xl.analysis.layout import IN_REPORT, OUR_WORDING
from wps_xl.analysis.review import Review
from wps_xl.codebook import Entry
from wps_xl.model import Draft, Paragraph, Section, Sentence
from wps_xl.report import rows, style
from wps_xl.report.counts import (
    answered_yes,
    is_opening,
    others,
    question_sentence,
    respondents,
)
from wps_xl.report.rows import Activity, Measures
from wps_xl.report.word.document import boilerplate, fill
from wps_xl.report.wording import Wording

PROGRESS = "progress"
NOTE_STYLE = "DrafterNote"


def build(review: Review, template: Path) -> Draft:
    """The draft of a review workbook; fixed paragraphs come from the Word template."""
    wording = Wording(review)
    fixed = _fixed(review, wording, boilerplate(template))
    sections = (
        _section(wording, "introduction", fixed, [_prompt(wording, "introduction")]),
        _section(wording, "methodology", fixed, _methodology(review, wording)),
        _progress(review, wording, fixed),
        _section(wording, "plan", fixed, _plan(review, wording)),
        _section(wording, "practices", fixed, _practices(review, wording)),
        _section(wording, "conclusions", fixed, _conclusions(review, wording)),
    )
    fields = {
        "title": wording.text("title"),
        "symbol": review.cycle.symbol,
        "mark": review.text("mark"),
    }
    return Draft(fields, sections)


Fixed = Mapping[str, Sequence[Paragraph]]


def _fixed(review: Review, wording: Wording, texts: Mapping[str, str]) -> Fixed:
    """The fixed paragraphs of the template by section, their slots filled."""
    cycle = review.cycle
    slots = {
        "cycle_name": cycle.name[:1].lower() + cycle.name[1:],
        "review_from": style.date(cycle.review[0]),
        "review_to": style.date(cycle.review[1]),
        "practices_from": style.date(cycle.practices_from),
        "plan": _plan_name(review, wording),
        "mandate": cycle.mandate or wording.text("mandate.missing"),
    }
    found: dict[str, list[Paragraph]] = {}
    for key, text in texts.items():
        sentence = Sentence(f"fixed.{key}", (fill(text, slots),))
        found.setdefault(key.partition(".")[0], []).append(Paragraph(f"fixed.{key}", (sentence,)))
    return found


def _section(wording: Wording, key: str, fixed: Fixed, blocks: Sequence[Paragraph]) -> Section:
    return Section(key, wording.text(f"heading.{key}"), 1, (*fixed.get(key, ()), *blocks))


def _prompt(wording: Wording, key: str, name: str = "", **slots: str) -> Paragraph:
    """A paragraph that asks the drafter to act."""
    text = f"[Drafter: {wording.text(f'prompt.{key}', **slots)}]"
    sentence = Sentence(f"prompt.{name or key}", (text,))
    return Paragraph(f"prompt.{name or key}", (sentence,), NOTE_STYLE, prompt=True)


def _methodology(review: Review, wording: Wording) -> list[Paragraph]:
    listed = respondents(review, wording, PROGRESS)
    bodies = others(review, wording, PROGRESS)
    return [
        _prompt(wording, "methodology"),
        Paragraph("methodology.respondents", (listed, *([bodies] if bodies else []))),
    ]


def _progress(review: Review, wording: Wording, fixed: Fixed) -> Section:
    """Section III: an area of action a lettered heading; silent areas are named once at the end."""
    chosen, measures = rows.chosen(review), rows.chosen_measures(review)
    areas, silent = [], []
    for code in review.codebook["areas_of_action"]:
        blocks = list(_area(review, wording, code, chosen.get(code, []), measures))
        title = review.codebook["areas_of_action"].label(code)
        if blocks:
            areas.append(Section(f"area.{code}", title, 2, tuple(blocks)))
        else:
            silent.append(title)
    top = _section(wording, "progress", fixed, [_prompt(wording, "trends")])
    if silent and areas:
        note = _prompt(wording, "silent", list="; ".join(silent))
        last = areas[-1]
        areas[-1] = Section(last.key, last.title, last.level, (*last.blocks, note))
    return Section(top.key, top.title, top.level, top.blocks, tuple(areas))


def _area(
    review: Review,
    wording: Wording,
    code: str,
    activities: Sequence[Activity],
    measures: Measures,
) -> Iterator[Paragraph]:
    """Focus, opening list, the lists of the other questions, then the chosen rows."""
    questions = review.codebook.questions_of(code)
    sentences = list(_lists(review, wording, questions))
    if not sentences and not activities:
        return
    focus = _focus(review, code)
    if focus is None:
        yield _prompt(wording, "focus", f"focus.{code}")
    opening = [focus] if focus else []
    if sentences or opening:
        yield Paragraph(f"progress.{code}.lists", (*opening, *sentences))
    yield from rows.area_paragraphs(review, wording, code, activities, measures)


def _lists(review: Review, wording: Wording, questions: Sequence[Entry]) -> Iterator[Sentence]:
    first = next((question for question in questions if is_opening(question)), None)
    opening = [code for code, _ in answered_yes(review, first.code)] if first else []
    for question in questions:
        sentence = question_sentence(review, wording, question, opening)
        if sentence is not None:
            yield sentence


def _focus(review: Review, area: str) -> Sentence | None:
    """The strategic focus in the words that the office gave, from sheet Overview."""
    heading = rows.headings(review.codebook, "Overview")
    for number, row in review.records("Overview"):
        ours = row[OUR_WORDING]
        if row[heading["area"]] == area and ours and row[IN_REPORT] == rows.CHOSEN:
            cell = review.cell("Overview", number, OUR_WORDING)
            return Sentence(f"focus.{area}", (str(ours),), (), (cell,))
    return None


def _plan(review: Review, wording: Wording) -> list[Paragraph]:
    count = len(review.tables["Initiatives"])
    number = style.cardinal(count) if count else "no"
    return [
        _prompt(wording, "plan.challenges"),
        _prompt(wording, "plan.framework", plan=_plan_name(review, wording), n=number),
    ]


def _plan_name(review: Review, wording: Wording) -> str:
    first, last = review.cycle.plan_period
    return wording.text("plan.name", years=style.years(first.year, last.year))


def _practices(review: Review, wording: Wording) -> list[Paragraph]:
    count = len(review.tables["Practices"])
    return [_prompt(wording, "practices", n=style.cardinal(count) if count else "no")]


def _conclusions(review: Review, wording: Wording) -> list[Paragraph]:
    listed = [
        (number, str(row["Recommendation"]))
        for number, row in review.records("Recommendations")
        if row["Recommendation"]
    ]
    opening = [_prompt(wording, "conclusions")]
    if not listed:
        return [*opening, _prompt(wording, "recommendations")]
    chapeau = Sentence("recommendations", (wording.text("recommendations"),))
    texts = style.subparagraphs([text for _, text in listed])
    items = [
        Paragraph(
            f"recommendation.{at}",
            (
                Sentence(
                    f"recommendation.{at}",
                    (text,),
                    (),
                    (review.cell("Recommendations", number, "Recommendation"),),
                ),
            ),
            "SubPara",
        )
        for at, (text, (number, _)) in enumerate(zip(texts, listed, strict=True), start=1)
    ]
    return [*opening, Paragraph("recommendations", (chapeau,)), *items]
