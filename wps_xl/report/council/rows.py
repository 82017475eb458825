"""Sentences from the rows that the office chose: its own words, or a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.analysis.joint import LEAD, joint
from wps_xl.model import CellRef, Figure, Paragraph, Part, Sentence, Value
from wps_xl.report.council import blocks
from wps_xl.report.council.counts import name_of
from wps_xl.report.council.facts import Facts, Measure
from wps_xl.report.council.slots import Subject, fill, questions_in, typed_numbers
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import names
from wps_xl.report.editorial.lint import lint
from wps_xl.report.editorial.pasted import unbroken
from wps_xl.review import columns
from wps_xl.review.columns import headings
from wps_xl.review.layout import ENTITY, OUR_WORDING, SAME_AS
from wps_xl.review.office_columns import is_chosen
from wps_xl.review.workbook import Review

Row = Mapping[str, Value]
PARTNER_ROLES = ("partner", "donor")
OWN_WORDS = "The entity's own words, to be reworded."
MOST_OFFENCES = 8
_ENDS = re.compile(r"[.!?…:;][”’)\]]*\s*$")


@dataclass(frozen=True)
class Activity:
    """One activity to quote: the row that speaks for it and the entities that share it.

    ``reporters`` have a row of it, the speaking row's first; ``partners`` are all others that a
    row or a cell of it names, and ``shared`` are the cells that say so, whoever was chosen.
    """

    number: int
    row: Row
    name: str
    partners: tuple[str, ...]
    reporters: tuple[str, ...]
    shared: tuple[CellRef, ...]

    @property
    def entity(self) -> str:
        """The entity whose row speaks."""
        return str(self.row[ENTITY])

    @property
    def subject(self) -> Subject:
        """What slots of its sentence are about."""
        return Subject(self.entity, self.name, "Progress", self.number, self.row)


Members = list[tuple[int, Row]]


def activities(review: Review, every: bool = False) -> list[Activity]:
    """The activities with a row marked In report, or ``every`` accepted one; a joint one once."""
    groups: dict[str, Members] = {}
    group_of = joint(review, "Progress").groups
    for at, row in review.records("Progress"):
        groups.setdefault(group_of[at], []).append((at, row))
    found = []
    for members in groups.values():
        chosen = [item for item in members if every or is_chosen(item[1])]
        if chosen:
            found.append(_activity(review, members, chosen))
    return sorted(found, key=lambda activity: activity.number)


def _activity(review: Review, members: Members, chosen: Members) -> Activity:
    """Told by the chosen row that has the office's words, else by its lead's, else by the first.

    Who shares it is read from all its rows: a partner stays one though another row was chosen.
    """
    heading = headings(review.codebook, "Progress")
    number, row = min(
        chosen,
        key=lambda item: (not item[1][OUR_WORDING], item[1][heading["role"]] != LEAD, item[0]),
    )
    reporters = dict.fromkeys([str(row[ENTITY]), *(str(other[ENTITY]) for _, other in members)])
    named = [code for _, other in members for code in columns.codes(other[heading["joint_with"]])]
    partners = [code for code in dict.fromkeys([*reporters, *named]) if code != row[ENTITY]]
    shared = _sharing(review, members, number) if partners else ()
    name = str(row[heading["activity_id"]])
    return Activity(number, row, name, tuple(partners), tuple(reporters), tuple(shared))


def _sharing(review: Review, members: Members, speaker: int) -> Iterator[CellRef]:
    """The cells that say who shares an activity: the others' words, and what joins the rows."""
    heading = headings(review.codebook, "Progress")
    for at, row in members:
        if at != speaker:
            yield review.cell("Progress", at, heading["activity"])
        for column in (heading["joint_with"], heading["joint_key"], SAME_AS):
            if columns.text(row.get(column)):
                yield review.cell("Progress", at, column)


def told_questions(found: Sequence[Activity]) -> set[str]:
    """The questions whose lists stand in the office's own sentences."""
    texts = (str(activity.row[OUR_WORDING] or "") for activity in found)
    return {question for text in texts for question in questions_in(text)}


def paragraphs(
    facts: Facts, wording: Wording, key: str, found: Sequence[Activity]
) -> Iterator[Paragraph]:
    """Chosen activities as paragraphs: by objective, then by entity (para. 7)."""
    objective = headings(facts.review.codebook, "Progress")["objective"]
    aims = facts.review.codebook["objectives"]
    order = {code: at for at, code in enumerate(aims)}
    by_aim: dict[str, list[Activity]] = {}
    for activity in found:
        by_aim.setdefault(str(activity.row.get(objective) or ""), []).append(activity)
    for aim in sorted(by_aim, key=lambda code: (code == "", order.get(code, len(order)), code)):
        opening: list[Sentence] = []
        if aim:
            text = wording.text("objective", objective=aims.label(aim))
            cell = facts.review.cell("Progress", by_aim[aim][0].number, objective)
            opening = [Sentence(f"{key}.{aim}.objective", (text,), (), (cell,))]
        yield from _by_entity(facts, wording, f"{key}.{aim}" if aim else key, by_aim[aim], opening)


def _by_entity(
    facts: Facts,
    wording: Wording,
    key: str,
    found: Sequence[Activity],
    opening: Sequence[Sentence],
) -> Iterator[Paragraph]:
    by_entity: dict[str, list[Activity]] = {}
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
    facts: Facts, wording: Wording, activity: Activity, opens: bool = True
) -> Iterator[Sentence]:
    """What the draft says of one activity: the office's sentence, else a quotation and figures."""
    heading = headings(facts.review.codebook, "Progress")
    key = f"{activity.entity}.{activity.name}"
    cell = facts.review.cell("Progress", activity.number, heading["activity"])
    if activity.row[OUR_WORDING]:
        yield office_sentence(facts, wording, activity.subject, key, (cell, *activity.shared))
        return
    pattern = "row.first" if opens or activity.partners else "row.next"
    narrative = str(activity.row[heading["activity"]])
    role = activity.row[heading["role"]]
    who = _who(facts.review, wording, activity.entity, activity.partners, role)
    yield quotation(wording, pattern, key, narrative, (cell, *activity.shared), Who=who)
    own = facts.of_activity.get((activity.entity, activity.name), ())
    measures = [measure for measure in own if measure.chosen]
    if measures:
        yield _figure_sentence(wording, key, measures)


def office_sentence(
    facts: Facts,
    wording: Wording,
    subject: Subject,
    key: str,
    behind: tuple[CellRef, ...] = (),
    column: str = OUR_WORDING,
) -> Sentence:
    """The office's own sentence of a row, its slots filled; what cannot be filled is remarked."""
    pasted = unbroken(str(subject.row[column]))
    text = pasted.text
    filled = fill(text, subject, facts, wording)
    cell = facts.review.cell(subject.sheet, subject.number, column)
    remarks = [pasted.remark] if pasted.remark else []
    if filled.unknown:
        remarks.append(f"Names nothing: {', '.join(filled.unknown)}. See docs/wording.md.")
    typed = typed_numbers(text)
    if typed:
        remarks.append(f"Typed, and so not renewed by any row: {', '.join(typed)}.")
    cells = (cell, *behind, *filled.cells)
    remark = " ".join(remarks)
    return Sentence(key, _ended(filled.parts), filled.figures, cells, remark, filled.unknown)


def _ended(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The sentence with a full stop where the office left it out: another one may follow."""
    *before, last = parts or ("",)
    if not isinstance(last, str) or not last.strip() or _ENDS.search(last):
        return parts
    return (*before, f"{last.rstrip()}.")


def titled_sentence(
    facts: Facts,
    wording: Wording,
    sheet: str,
    number: int,
    row: Row,
    codes: tuple[str, str, str],
    pattern: str,
) -> Sentence:
    """What the draft says of a row with a title: the office's words, else the entity's own.

    ``codes`` are the columns of its number, its title and its text.
    """
    heading = headings(facts.review.codebook, sheet)
    name, title, words = (heading[code] for code in codes)
    entity = columns.text(row[ENTITY])
    key = f"{entity}.{columns.text(row[name])}"
    if row[OUR_WORDING]:
        return office_sentence(facts, wording, Subject(entity, "", sheet, number, row), key)
    partners = [code for code in columns.codes(row[heading["joint_with"]]) if code != entity]
    shown = (title, words, heading["joint_with"]) if partners else (title, words)
    cells = tuple(facts.review.cell(sheet, number, column) for column in shown)
    who = _who(facts.review, wording, entity, partners, row.get(heading.get("role", "")))
    told = {"Who": who, "title": columns.text(row[title])}
    return quotation(wording, pattern, key, columns.text(row[words]), cells, **told)


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


def _figure_sentence(wording: Wording, key: str, measures: Sequence[Measure]) -> Sentence:
    phrases = "; ".join(measure.phrase for measure in measures)
    figures: tuple[Figure, ...] = tuple(f for m in measures for f in m.figures.values())
    noun = "figure" if len(measures) == 1 else "figures"
    cells: tuple[CellRef, ...] = tuple(cell for figure in figures for cell in figure.cells)
    text = wording.text("row.figures", figures=phrases, figures_noun=noun)
    return Sentence(f"{key}.figures", (text,), figures, cells)


def _who(
    review: Review, wording: Wording, entity: str, partners: Sequence[str], role: Value
) -> str:
    """The entity that a sentence opens with, and those that share what it tells."""
    who = blocks.who(review, entity)
    if not partners:
        return who
    listed = names.entity_list(name_of(review.codebook, code) for code in partners)
    pattern = "with.partner.role" if role in PARTNER_ROLES else "with.partners"
    return wording.text(pattern, Who=who, partners=listed)


def _sentence(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."
