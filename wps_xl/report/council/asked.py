"""Questions that the headings do not answer for: of no area, without a yes, or not on the list."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from wps_xl.codebook import Entry
from wps_xl.model import Paragraph, Sentence
from wps_xl.report.council.blocks import prompt
from wps_xl.report.council.counts import question_sentence
from wps_xl.report.council.facts import DraftFacts
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import style


def general(
    facts: DraftFacts, wording: Wording, placed: Collection[str], told: Collection[str]
) -> Iterator[Paragraph]:
    """The answers to questions that stand under no heading of the cycle, in a paragraph."""
    said: list[Sentence] = []
    for question in _listed(facts):
        if question.code not in placed and question.code not in told:
            sentence = question_sentence(facts, wording, question, ())
            said += [sentence] if sentence is not None else []
    if said:
        yield Paragraph("progress.questions", tuple(said))


def unprinted(facts: DraftFacts, wording: Wording) -> Iterator[Paragraph]:
    """Questions that nobody answered with yes, and answers to what the list does not hold."""
    if not facts.asked:
        return
    without = [
        f"{question.code} “{question.label}” ({_answered(facts, question.code)})"
        for question in _listed(facts)
        if not facts.answers.get(question.code)
    ]
    if without:
        yield prompt(wording, "questions.none", list="; ".join(without))
    known = {question.code for question in _listed(facts)}
    strange = [
        f"{code} ({', '.join(dict.fromkeys(entity for entity, _ in found))})"
        for code, found in facts.asked.items()
        if code not in known
    ]
    if strange:
        yield prompt(wording, "questions.unknown", stops=True, list="; ".join(strange))


def _listed(facts: DraftFacts) -> list[Entry]:
    return list(facts.review.codebook["questions"].entries.values())


def _answered(facts: DraftFacts, code: str) -> str:
    found = len(facts.asked.get(code, ()))
    return f"answered by {style.cardinal(found)}" if found else "answered by nobody"
