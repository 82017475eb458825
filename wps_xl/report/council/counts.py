"""Sentences that count entities and name them: respondents, and who answered a question yes."""

from __future__ import annotations

from collections.abc import Sequence

from wps_xl.codebook import Codebook, Entry, places
from wps_xl.model import Figure, Footnote, Sentence
from wps_xl.nouns import plural
from wps_xl.records import RegisterLine
from wps_xl.report.council.facts import DraftFacts
from wps_xl.report.council.wording import Wording, parts, slots_of
from wps_xl.report.editorial import names, style
from wps_xl.report.editorial.names import Name
from wps_xl.review import register
from wps_xl.review.workbook import Review

_AGREE = {"their": ("its", "their"), "they": ("it", "they"), "were": ("was", "were")}
"""What follows how many there are: for one, and for several."""


def name_of(codebook: Codebook, code: str) -> Name:
    """How an entity is named in print."""
    if code not in codebook["entities"]:
        return Name(code, code, "", False, "entity")
    entry = codebook["entities"][code]
    return Name(code, entry.label, entry["short"], entry["article"] == "yes", entry["kind"])


def respondents(review: Review, wording: Wording, form: str) -> Sentence:
    """Who answered, in full with acronyms (S/2007/567, para. 5)."""
    found = register.respondents(review, form)
    cells = tuple(line.cell_of("status") for line in found)
    listed = names.respondents(name_of(review.codebook, line.entity) for line in found)
    count = Figure("respondents.count", len(found), style.cardinal(len(found)), cells)
    codes = "; ".join(line.entity for line in found)
    members = Figure("respondents.entities", codes, listed, cells)
    cycle = review.cycle.name
    key = {0: "respondents.none", 1: "respondents.one"}.get(len(found), "respondents")
    text = wording.text(
        key,
        cycle=cycle[:1].lower() + cycle[1:],
        n=count.text,
        noun=_noun(len(found)),
        list=listed,
    )
    return Sentence("methodology.respondents", (text,), (count, members), cells)


def others(review: Review, wording: Wording, form: str) -> Sentence | None:
    """The bodies that were not invited and whose rows the office entered."""
    found = [
        line
        for line in review.rows(RegisterLine)
        if line.form == form
        and line.takes_part != register.INVITED
        and line.status == register.RECEIVED
    ]
    if not found:
        return None
    cells = tuple(line.cell_of("status") for line in found)
    people = (name_of(review.codebook, line.entity) for line in found)
    listed = names.entity_list(people, seen=())
    codes = "; ".join(line.entity for line in found)
    figure = Figure("bodies.entities", codes, listed, cells)
    text = wording.text("bodies", list=listed)
    return Sentence("methodology.bodies", (text,), (figure,), cells)


def question_sentence(
    facts: DraftFacts, wording: Wording, question: Entry, opening: Sequence[str]
) -> Sentence | None:
    """How many entities answered a question yes, and which (paras. 10-33); None where none did.

    ``opening`` are those of the area's opening list, on which some patterns depend.
    """
    found = facts.answers.get(question.code, ())
    if not found:
        return None
    codes = [code for code, _ in found]
    cells = tuple(cell for _, cell in found)
    people = [name_of(facts.review.codebook, code) for code in codes]
    key = f"question.{question.code}"
    if key not in wording:
        key = "opening" if places.opens(question.code) else "question"
    within = bool(opening) and set(codes) <= set(opening)
    pattern = wording.pattern(key, within, counting=len(codes) == 1)
    shown = style.cardinal(len(codes), start="N" in slots_of(pattern))
    count = Figure(f"{question.code}.count", len(codes), shown, cells)
    opens = pattern.startswith("{list}")
    listed = names.entity_list(people, start=opens)
    members = Figure(f"{question.code}.entities", "; ".join(codes), listed, cells)
    slots = {
        "N": shown,
        "n": shown,
        "noun": _noun(len(codes), sum(name.kind != "entity" for name in people)),
        "list": listed,
        "question": question.label,
        **agreeing(len(codes)),
    }
    note = Footnote(f"{question.code}.members", style.note(names.entity_list(people, start=True)))
    return Sentence(question.code, parts(pattern, slots, note), (count, members), cells)


def agreeing(count: int) -> dict[str, str]:
    """The words of a pattern that agree with a count: its or their, it or they, was or were."""
    return {slot: plural(count, one, many) for slot, (one, many) in _AGREE.items()}


def _noun(count: int, bodies: int = 0) -> str:
    noun = plural(count, "entity", "entities")
    if not bodies:
        return noun
    body = plural(bodies, "an inter-agency or other body", "inter-agency or other bodies")
    told = body if count == bodies == 1 else f"{style.cardinal(bodies)} of them {body}"
    return f"{noun} ({told})"
