"""Sentences from the rows that the office chose: quotations and figures, never a paraphrase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.analysis.layout import ENTITY, IN_REPORT, OUR_WORDING
from wps_xl.analysis.review import Review
from wps_xl.analysis.rollup import LEAD, joint_groups
from wps_xl.codebook import Codebook
from wps_xl.forms.definitions import data_sheets
from wps_xl.model import CellRef, Figure, Paragraph, Sentence, Value
from wps_xl.report import names, style
from wps_xl.report.counts import name_of
from wps_xl.report.figures import measure_figures, measure_phrase
from wps_xl.report.wording import Wording

Row = Mapping[str, Value]
Measures = Mapping[tuple[str, str], Sequence[tuple[str, list[Figure]]]]
"""Entity and number of an activity to its measures: how each is said, and its figures."""
CHOSEN = "yes"
PARTNER_ROLES = ("partner", "donor")


@dataclass(frozen=True)
class Activity:
    """One activity to quote: the row that speaks for it and the entities that share it."""

    number: int
    row: Row
    partners: tuple[str, ...]

    def id_in(self, review: Review) -> str:
        """The number of the activity within its entity."""
        return str(self.row[headings(review.codebook, "Progress")["activity_id"]])


def headings(codebook: Codebook, sheet: str) -> dict[str, str]:
    """Column code to heading for one data sheet."""
    plan = next(item for item in data_sheets(codebook) if item.name == sheet)
    return {code: column.heading for code, column in plan.columns.items()}


def chosen(review: Review) -> dict[str, list[Activity]]:
    """The activities marked In report, by area of action; a joint one once, told by its lead."""
    heading = headings(review.codebook, "Progress")
    groups: dict[str, list[tuple[int, Row]]] = {}
    group_of = joint_groups(review, heading)
    for at, found_row in review.records("Progress"):
        if found_row[IN_REPORT] == CHOSEN:
            groups.setdefault(group_of[at], []).append((at, found_row))
    found: dict[str, list[Activity]] = {}
    for members in groups.values():
        number, row = min(members, key=lambda item: (item[1][heading["role"]] != LEAD, item[0]))
        others = [str(other[ENTITY]) for _, other in members if other[ENTITY] != row[ENTITY]]
        area = str(row[heading["area"]] or "")
        found.setdefault(area, []).append(Activity(number, row, tuple(dict.fromkeys(others))))
    return found


def area_paragraphs(
    review: Review,
    wording: Wording,
    area: str,
    activities: Sequence[Activity],
    measures: Measures,
) -> Iterator[Paragraph]:
    """A paragraph for each entity that has chosen activities in an area, in entity order."""
    by_entity: dict[str, list[Activity]] = {}
    for activity in activities:
        by_entity.setdefault(str(activity.row[ENTITY]), []).append(activity)
    people = [name_of(review.codebook, code) for code in by_entity]
    for name in names.order(people):
        sentences: list[Sentence] = []
        for activity in by_entity[name.code]:
            known = measures.get((name.code, activity.id_in(review)), ())
            sentences += _sentences(review, wording, activity, known, opens=not sentences)
        yield Paragraph(f"progress.{area}.{name.code}", tuple(sentences))


def _sentences(
    review: Review,
    wording: Wording,
    activity: Activity,
    measures: Sequence[tuple[str, list[Figure]]],
    opens: bool,
) -> Iterator[Sentence]:
    heading = headings(review.codebook, "Progress")
    row, number = activity.row, activity.number
    entity = str(row[ENTITY])
    key = f"{entity}.{row[heading['activity_id']]}"
    cells: tuple[CellRef, ...] = (review.cell("Progress", number, heading["activity"]),)
    if row[OUR_WORDING]:
        cells = (review.cell("Progress", number, OUR_WORDING), *cells)
        yield Sentence(key, (str(row[OUR_WORDING]),), (), cells)
    else:
        pattern = "row.first" if opens or activity.partners else "row.next"
        quoted = style.quote(_sentence(str(row[heading["activity"]])))
        text = wording.text(pattern, Who=_who(review, wording, activity), quote=quoted)
        yield Sentence(key, (text,), (), cells, "The entity's own words, to be reworded.")
    if measures and not row[OUR_WORDING]:
        yield _figure_sentence(wording, key, measures)


def _figure_sentence(
    wording: Wording, key: str, measures: Sequence[tuple[str, list[Figure]]]
) -> Sentence:
    phrases = "; ".join(phrase for phrase, _ in measures)
    figures = tuple(figure for _, found in measures for figure in found)
    noun = "figure" if len(measures) == 1 else "figures"
    cells: tuple[CellRef, ...] = tuple(cell for figure in figures for cell in figure.cells)
    text = wording.text("row.figures", figures=phrases, figures_noun=noun)
    return Sentence(f"{key}.figures", (text,), figures, cells)


def chosen_measures(review: Review) -> Measures:
    """The measures marked In report, by entity and number of their activity."""
    heading = headings(review.codebook, "Measures")
    found: dict[tuple[str, str], list[tuple[str, list[Figure]]]] = {}
    for number, row in review.records("Measures"):
        if row[IN_REPORT] == CHOSEN:
            figures = measure_figures(review, number, row, heading)
            key = (str(row[ENTITY]), str(row[heading["activity_id"]]))
            phrase = measure_phrase(row, figures, heading)
            found.setdefault(key, []).append((phrase, figures))
    return found


def _who(review: Review, wording: Wording, activity: Activity) -> str:
    heading = headings(review.codebook, "Progress")
    name = names.mention(name_of(review.codebook, str(activity.row[ENTITY])))
    who = style.capital(name)
    if not activity.partners:
        return who
    partners = names.entity_list(name_of(review.codebook, code) for code in activity.partners)
    alone = activity.row[heading["role"]] in PARTNER_ROLES
    return wording.text(
        "with.partner.role" if alone else "with.partners", Who=who, partners=partners
    )


def _sentence(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."
