"""Sentences from the rows that the office chose: its own words, or a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wps_xl.analysis.joint import LEAD
from wps_xl.model import CellRef, Figure, Paragraph, Part, Sentence
from wps_xl.records import Activity, Initiative, Practice
from wps_xl.records import text as text_of
from wps_xl.report.council import blocks
from wps_xl.report.council.counts import name_of
from wps_xl.report.council.facts import DraftFacts, Measured
from wps_xl.report.council.slots import Subject, fill, questions_in, typed_numbers
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import names
from wps_xl.report.editorial.lint import lint
from wps_xl.report.editorial.pasted import unbroken
from wps_xl.review.workbook import Review

PARTNER_ROLES = ("partner", "donor")
OWN_WORDS = "The entity's own words, to be reworded."
MOST_OFFENCES = 8
_ENDS = re.compile(r"[.!?…:;][”’)\]]*\s*$")


@dataclass(frozen=True)
class Told:
    """One activity to quote: the row that speaks for it and the entities that share it.

    ``reporters`` have a row of it, the speaking row's first; ``partners`` are all others that a
    row or a cell of it names, and ``shared`` are the cells that say so, whoever was chosen.
    """

    row: Activity
    partners: tuple[str, ...]
    reporters: tuple[str, ...]
    shared: tuple[CellRef, ...]

    @property
    def entity(self) -> str:
        """The entity whose row speaks."""
        return self.row.entity

    @property
    def name(self) -> str:
        """The number that its entity gave it."""
        return self.row.activity_id

    @property
    def subject(self) -> Subject:
        """What slots of its sentence are about."""
        return Subject(self.entity, self.name, self.row)


def activities(facts: DraftFacts, every: bool = False) -> list[Told]:
    """The activities with a row marked In report, or ``every`` accepted one; a joint one once."""
    groups: dict[str, list[Activity]] = {}
    group_of = facts.joint_activities.groups
    for row in facts.review.rows(Activity):
        groups.setdefault(group_of[row.at], []).append(row)
    found = []
    for members in groups.values():
        chosen = [row for row in members if every or row.is_chosen]
        if chosen:
            found.append(_told(members, chosen))
    return sorted(found, key=lambda told: told.row.at)


def _told(members: Sequence[Activity], chosen: Sequence[Activity]) -> Told:
    """Told by the chosen row that has the office's words, else by its lead's, else by the first.

    Who shares it is read from all its rows: a partner stays one though another row was chosen.
    """
    row = min(chosen, key=lambda row: (not row.our_wording, row.role != LEAD, row.at))
    reporters = dict.fromkeys([row.entity, *(other.entity for other in members)])
    named = [code for other in members for code in other.joint_with]
    partners = [code for code in dict.fromkeys([*reporters, *named]) if code != row.entity]
    shared = _sharing(members, row) if partners else ()
    return Told(row, tuple(partners), tuple(reporters), tuple(shared))


def _sharing(members: Sequence[Activity], speaker: Activity) -> Iterator[CellRef]:
    """The cells that say who shares an activity: the others' words, and what joins the rows."""
    for row in members:
        if row is not speaker:
            yield row.cell_of("activity")
        for column in ("joint_with", "joint_key", "same_activity_as"):
            if text_of(row.raw(column)):
                yield row.cell_of(column)


def told_questions(found: Sequence[Told]) -> set[str]:
    """The questions whose lists stand in the office's own sentences."""
    texts = (told.row.our_wording for told in found)
    return {question for text in texts for question in questions_in(text)}


def paragraphs(
    facts: DraftFacts, wording: Wording, key: str, found: Sequence[Told]
) -> Iterator[Paragraph]:
    """Chosen activities as paragraphs: by objective, then by entity (para. 7)."""
    aims = facts.review.codebook["objectives"]
    by_aim: dict[str, list[Told]] = {}
    for told in found:
        by_aim.setdefault(told.row.objective, []).append(told)
    for aim in sorted(by_aim, key=lambda code: (code == "", aims.rank(code), code)):
        opening: list[Sentence] = []
        if aim:
            text = wording.text("objective", objective=aims.label(aim))
            cell = by_aim[aim][0].row.cell_of("objective")
            opening = [Sentence(f"{key}.{aim}.objective", (text,), (), (cell,))]
        yield from _by_entity(facts, wording, f"{key}.{aim}" if aim else key, by_aim[aim], opening)


def _by_entity(
    facts: DraftFacts,
    wording: Wording,
    key: str,
    found: Sequence[Told],
    opening: Sequence[Sentence],
) -> Iterator[Paragraph]:
    by_entity: dict[str, list[Told]] = {}
    for activity in found:
        by_entity.setdefault(activity.entity, []).append(activity)
    people = [name_of(facts.review.codebook, code) for code in by_entity]
    for name in names.order(people):
        sentences: list[Sentence] = [*opening]
        opening = ()
        told: list[Sentence] = []
        for activity in by_entity[name.code]:
            told += activity_sentences(facts, wording, activity, opens=not told)
        yield Paragraph(f"{key}.{name.code}", (*sentences, *told))


def activity_sentences(
    facts: DraftFacts, wording: Wording, activity: Told, opens: bool = True
) -> Iterator[Sentence]:
    """What the draft says of one activity: the office's sentence, else a quotation and figures."""
    key = f"{activity.entity}.{activity.name}"
    cell = activity.row.cell_of("activity")
    if activity.row.our_wording:
        yield office_sentence(facts, wording, activity.subject, key, (cell, *activity.shared))
        return
    pattern = "row.first" if opens or activity.partners else "row.next"
    who = _who(facts.review, wording, activity.entity, activity.partners, activity.row.role)
    yield quotation(wording, pattern, key, activity.row.activity, (cell, *activity.shared), Who=who)
    own = facts.of_activity.get((activity.entity, activity.name), ())
    measures = [measure for measure in own if measure.row.is_chosen]
    if measures:
        yield _figure_sentence(wording, key, measures)


def office_sentence(
    facts: DraftFacts,
    wording: Wording,
    subject: Subject,
    key: str,
    behind: tuple[CellRef, ...] = (),
    column: str = "our_wording",
) -> Sentence:
    """The office's own sentence of a row, its slots filled; what cannot be filled is remarked."""
    row = subject.row
    pasted = unbroken(text_of(row.raw(column)) if row else "")
    text = pasted.text
    filled = fill(text, subject, facts, wording)
    remarks = [pasted.remark] if pasted.remark else []
    if filled.unknown:
        remarks.append(f"Names nothing: {', '.join(filled.unknown)}. See docs/wording.md.")
    typed = typed_numbers(text)
    if typed:
        remarks.append(f"Typed, and so not renewed by any row: {', '.join(typed)}.")
    own = (row.cell_of(column),) if row else ()
    cells = (*own, *behind, *filled.cells)
    remark = " ".join(remarks)
    return Sentence(key, _ended(filled.parts), filled.figures, cells, remark, filled.unknown)


def _ended(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The sentence with a full stop where the office left it out: another one may follow."""
    *before, last = parts or ("",)
    if not isinstance(last, str) or not last.strip() or _ENDS.search(last):
        return parts
    return (*before, f"{last.rstrip()}.")


def titled_sentence(
    facts: DraftFacts,
    wording: Wording,
    row: Initiative | Practice,
    words: str,
    pattern: str,
) -> Sentence:
    """What the draft says of a row with a title: the office's words, else the entity's own.

    ``words`` is the column of its text.
    """
    number = row.initiative_id if isinstance(row, Initiative) else row.practice_id
    key = f"{row.entity}.{number}"
    if row.our_wording:
        return office_sentence(facts, wording, Subject(row.entity, "", row), key)
    partners = [code for code in row.joint_with if code != row.entity]
    shown = ("title", words, "joint_with") if partners else ("title", words)
    cells = tuple(row.cell_of(column) for column in shown)
    role = row.role if isinstance(row, Initiative) else ""
    told = {"Who": _who(facts.review, wording, row.entity, partners, role), "title": row.title}
    return quotation(wording, pattern, key, text_of(row.raw(words)), cells, **told)


def quotation(
    wording: Wording,
    pattern: str,
    key: str,
    narrative: str,
    cells: tuple[CellRef, ...],
    **slots: str,
) -> Sentence:
    """An entity's words as a quotation to be reworded, with the offences that an editor sees."""
    pasted = unbroken(narrative)
    quoted = f"“{_sentence(pasted.text)}”"
    text = wording.text(pattern, quote=quoted, **slots)
    found = [pasted.remark] if pasted.remark else []
    remark = " ".join([OWN_WORDS, *found, *offences(pasted.text, wording)])
    return Sentence(key, (text,), (), cells, remark)


def offences(narrative: str, wording: Wording) -> list[str]:
    """What an editor would change in a text; the text itself is left as it is."""
    found = dict.fromkeys(
        f"‘{offence.found}’: {offence.message}" for offence in lint(narrative, wording.profile)
    )
    if "“" in narrative:
        found["‘“’: Single quotation marks inside a quotation (Q1)."] = None
    more = [f"{len(found) - MOST_OFFENCES} more."] if len(found) > MOST_OFFENCES else []
    return [*list(found)[:MOST_OFFENCES], *more]


def _figure_sentence(wording: Wording, key: str, measures: Sequence[Measured]) -> Sentence:
    phrases = "; ".join(measure.phrase for measure in measures)
    figures: tuple[Figure, ...] = tuple(f for m in measures for f in m.figures.values())
    noun = "figure" if len(measures) == 1 else "figures"
    cells: tuple[CellRef, ...] = tuple(cell for figure in figures for cell in figure.cells)
    text = wording.text("row.figures", figures=phrases, figures_noun=noun)
    return Sentence(f"{key}.figures", (text,), figures, cells)


def _who(review: Review, wording: Wording, entity: str, partners: Sequence[str], role: str) -> str:
    """The entity that a sentence opens with, and those that share what it tells."""
    who = blocks.who(review, entity)
    if not partners:
        return who
    listed = names.entity_list(name_of(review.codebook, code) for code in partners)
    pattern = "with.partner.role" if role in PARTNER_ROLES else "with.partners"
    return wording.text(pattern, Who=who, partners=listed)


def _sentence(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."
