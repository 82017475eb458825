"""Section III: progress by area of action or by thematic area, as the cycle is classified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.codebook import Entry, places
from wps_xl.model import Paragraph, Section, Sentence
from wps_xl.nouns import plural
from wps_xl.report.council import asked, overview, rows
from wps_xl.report.council.blocks import Fixed, prompt, section
from wps_xl.report.council.counts import question_sentence
from wps_xl.report.council.facts import DraftFacts
from wps_xl.report.council.rows import Told
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style
from wps_xl.review.crosswalk import theme_of
from wps_xl.review.held import HeldBack, by_reason, held_rows
from wps_xl.review.workbook import Review

THEMES = "themes"


@dataclass(frozen=True)
class Heading:
    """One lettered heading: what is asked and told under it, and the column of Overview for it."""

    code: str
    title: str
    questions: Sequence[Entry]
    activities: Sequence[Told]
    held: Sequence[HeldBack]
    column: str

    @property
    def key(self) -> str:
        """The key of its section."""
        return f"{'theme' if self.column == 'thematic_area' else 'area'}.{self.code}"


def progress(facts: DraftFacts, wording: Wording, fixed: Fixed) -> Section:
    """A heading for each area that has something; silent areas are named once at the end."""
    review = facts.review
    chosen = rows.activities(facts)
    held = held_rows(review)
    found, silent = [], {}
    known = classified(review, chosen, held)
    placed = [item for heading in known for item in heading.activities]
    told = rows.told_questions(placed) | overview.told_questions(review)
    for heading in known:
        blocks = list(_blocks(facts, wording, heading, told))
        if blocks:
            found.append(Section(heading.key, heading.title, 2, tuple(blocks)))
        else:
            silent[heading.code] = heading.title
    codes, by_theme = [heading.code for heading in known], is_by_theme(review)
    asked_here = {question.code for heading in known for question in heading.questions}
    notes = [
        overview.trends(review, wording),
        *asked.general(facts, wording, asked_here, told),
        *asked.unprinted(facts, wording),
        *overview.left_over(review, wording, codes, by_theme),
        *_elsewhere(wording, known, chosen, held),
    ]
    notes += _silent(facts, wording, silent)
    return section(wording, "progress", [*fixed.get("progress", ()), *notes], found)


def _silent(facts: DraftFacts, wording: Wording, silent: Mapping[str, str]) -> Iterator[Paragraph]:
    """The headings under which nothing stands: activities that nobody chose, or none at all."""
    review, by_theme = facts.review, is_by_theme(facts.review)
    every = (heading_of(review, item, by_theme) for item in rows.activities(facts, every=True))
    reported = Counter(every)
    for key, titles in (
        ("unchosen", [title for code, title in silent.items() if reported[code]]),
        ("silent", [title for code, title in silent.items() if not reported[code]]),
    ):
        if titles:
            yield prompt(wording, key, list="; ".join(titles))


def classified(
    review: Review, chosen: Sequence[Told], held: Sequence[HeldBack] = ()
) -> list[Heading]:
    """The headings of the cycle's classification, each with what belongs under it."""
    codebook = review.codebook
    by_theme = is_by_theme(review)
    names = codebook["thematic_areas" if by_theme else "areas_of_action"]
    column = "thematic_area" if by_theme else "area"

    def code_of(area: str) -> str:
        return places.theme_of(codebook, area) if by_theme else area

    found = [(heading_of(review, item, by_theme), item) for item in chosen]
    return [
        Heading(
            code=code,
            title=names.label(code),
            questions=[
                entry
                for entry in codebook["questions"].entries.values()
                if code_of(entry["area"]) == code
            ],
            activities=[item for place, item in found if place == code],
            held=[row for row in held if code_of(_letter(row, review)) == code],
            column=column,
        )
        for code in names
    ]


def is_by_theme(review: Review) -> bool:
    """Whether the cycle is told by thematic areas."""
    return review.cycle.classification == THEMES


def heading_of(review: Review, activity: Told, by_theme: bool) -> str:
    """The code of the area, or of the thematic area, that an activity stands under."""
    return theme_of(activity.row, review.codebook) if by_theme else activity.row.area


def _letter(row: HeldBack, review: Review) -> str:
    """The area that the number of a held-back row begins with."""
    letter = row.name[:1] if row.sheet == "Progress" else ""
    return letter if letter in review.codebook["areas_of_action"] else ""


def _blocks(
    facts: DraftFacts, wording: Wording, heading: Heading, told: set[str]
) -> Iterator[Paragraph]:
    """Focus, opening list, the lists of the other questions, the chosen rows, what is held back."""
    lists = list(_lists(facts, wording, heading.questions, told))
    by_theme = is_by_theme(facts.review)
    focus = list(overview.focus(facts, wording, heading.code, by_theme))
    if not (lists or focus or heading.activities or heading.held):
        return
    yield from overview.asks(facts.review, wording, heading.code, by_theme)
    if lists or focus:
        yield Paragraph(f"progress.{heading.code}.lists", (*focus, *lists))
    key = f"progress.{heading.code}"
    yield from rows.paragraphs(facts, wording, key, heading.activities)
    if heading.held:
        yield _held(wording, f"held.{heading.code}", heading.held)


def _held(wording: Wording, name: str, held: Sequence[HeldBack]) -> Paragraph:
    count = style.cardinal(len(held), start=True)
    noun = plural(len(held), "row is", "rows are")
    listed = " ".join(by_reason(held))
    return prompt(wording, "held", name, N=count, noun=noun, list=listed)


def _lists(
    facts: DraftFacts, wording: Wording, questions: Sequence[Entry], told: set[str]
) -> Iterator[Sentence]:
    opening: list[str] = []
    for question in questions:
        if places.opens(question.code):
            opening = [code for code, _ in facts.answers.get(question.code, ())]
        sentence = question_sentence(facts, wording, question, opening)
        if sentence is not None and question.code not in told:
            yield sentence


def _elsewhere(
    wording: Wording,
    known: Sequence[Heading],
    chosen: Sequence[Told],
    held: Sequence[HeldBack],
) -> Iterator[Paragraph]:
    """Chosen rows that no heading takes, and rows held back that no area is known of."""
    placed = {item.row.at for heading in known for item in heading.activities}
    lost = [f"{item.entity}:{item.name}" for item in chosen if item.row.at not in placed]
    if lost:
        yield prompt(wording, "unplaced", stops=True, list=", ".join(lost))
    kept = {row for heading in known for row in heading.held}
    rest = [row for row in held if row not in kept]
    if rest:
        yield _held(wording, "held", rest)
