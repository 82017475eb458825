"""Section IV: challenges, the plan with its goals, strategies and results, accountability."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from wps_xl.analysis.money import CORE, EXTRABUDGETARY, dollars
from wps_xl.model import (
    Block,
    CellRef,
    DraftTable,
    Figure,
    Footnote,
    Paragraph,
    Section,
    Sentence,
)
from wps_xl.nouns import plural
from wps_xl.records import Initiative, Overview, RegisterLine, Result
from wps_xl.report.council import overview, rows
from wps_xl.report.council.blocks import Fixed, lettered, plain, prompt, section, who
from wps_xl.report.council.counts import name_of
from wps_xl.report.council.facts import DraftFacts
from wps_xl.report.council.wording import Wording, parts
from wps_xl.report.editorial import names, style
from wps_xl.review import register
from wps_xl.review.overview import CHALLENGE
from wps_xl.review.workbook import Review


def plan(facts: DraftFacts, wording: Wording, fixed: Fixed) -> Section:
    """The update of the plan as the published report tells it (paras. 34-49)."""

    def part(name: str, blocks: Sequence[Block]) -> Section:
        key = f"plan.{name}"
        return section(wording, key, [*fixed.get(key, ()), *blocks], level=2)

    inside = [
        part("challenges", list(_challenges(facts, wording))),
        part("policy", [*fixed.get("plan.goals", ()), *_goals(facts.review)]),
        part("strategies", _strategies(facts.review)),
        part("framework", list(_framework(facts, wording))),
        part("accountability", list(_accountability(facts.review, wording))),
    ]
    return section(wording, "plan", fixed.get("plan", ()), inside)


def _challenges(facts: DraftFacts, wording: Wording) -> Iterator[Paragraph]:
    """A paragraph for each kind of gap: how many reported it, then the rows that were chosen."""
    review = facts.review
    by_kind: dict[str, list[Overview]] = {}
    for row in review.rows(Overview):
        if overview.has_challenge(row):
            by_kind.setdefault(row.challenge_kind, []).append(row)
    told = False
    # A challenge without a kind, which the office accepted as it is, comes last and uncounted.
    for kind in (*review.codebook["gap_kinds"], ""):
        found = by_kind.get(kind, [])
        stated = [row for row in found if row.challenge]
        counted = [_counted_challenge(review, wording, kind, stated)] if kind and stated else []
        said = (*counted, *_chosen_challenges(facts, wording, found))
        if said:
            told = True
            yield Paragraph(f"plan.challenges.{kind or 'others'}", said)
    yield prompt(wording, "plan.challenges" if told else "plan.no_challenges", "plan.challenges")


def _counted_challenge(
    review: Review, wording: Wording, kind: str, found: Sequence[Overview]
) -> Sentence:
    cells = {row.entity: row.cell_of("challenge_kind") for row in found}
    behind = tuple(cells.values())
    label = review.codebook["gap_kinds"].label(kind)
    count = style.cardinal(len(cells), start=True)
    listed = names.entity_list((name_of(review.codebook, code) for code in cells), start=True)
    key = f"challenge.{kind}"
    slots = {
        "N": count,
        "noun": plural(len(cells), "entity", "entities"),
        "kind": label[:1].lower() + label[1:],
    }
    note = Footnote(f"{key}.members", style.note(listed))
    figures = (
        Figure(f"{key}.count", len(cells), count, behind),
        Figure(f"{key}.entities", "; ".join(cells), listed, behind),
    )
    # A kind that does not read as part of a sentence, such as "Other", has words of its own.
    pattern = wording.pattern(key if key in wording.keys else "challenge")
    return Sentence(key, parts(pattern, slots, note), figures, behind)


def _chosen_challenges(
    facts: DraftFacts, wording: Wording, found: Sequence[Overview]
) -> Iterator[Sentence]:
    for row in found:
        key = f"{row.entity}.challenge.{row.at}"
        if not row.is_chosen:
            continue
        ours = overview.part_sentence(facts, wording, row, CHALLENGE, key)
        if ours is not None:
            yield ours
        else:
            cell, name = row.cell_of(CHALLENGE), who(facts.review, row.entity)
            yield rows.quotation(wording, "challenge.row", key, row.challenge, (cell,), Who=name)


def _goals(review: Review) -> list[Paragraph]:
    """The goals of the thematic areas, from the list of the workbook (para. 42)."""
    found = review.codebook["thematic_areas"].entries.values()
    texts = [f"{entry.label}: {entry['goal']}" for entry in found]
    return lettered("plan.goal", texts, [()] * len(texts))


def _strategies(review: Review) -> list[Paragraph]:
    """The strategies, from the list of the workbook (para. 44)."""
    found = review.codebook["strategies"].entries.values()
    texts = [f"{entry.label}: {entry['definition']}" for entry in found]
    return lettered("plan.strategy", texts, [()] * len(texts))


def _framework(facts: DraftFacts, wording: Wording) -> Iterator[Block]:
    """What was planned, by thematic area, and the initiatives that were chosen (para. 45)."""
    review = facts.review
    planned = review.rows(Initiative)
    if not planned:
        yield prompt(wording, "plan.framework")
        return
    yield _planned(wording, planned)
    yield plan_table(facts, wording)
    for theme in review.codebook["thematic_areas"]:
        told = list(_initiatives(facts, wording, theme))
        if told:
            yield Paragraph(f"plan.initiatives.{theme}", tuple(told))
    yield prompt(wording, "plan.results", "plan.framework")


def _planned(wording: Wording, planned: Sequence[Initiative]) -> Paragraph:
    cells = tuple(row.cell_of("initiative_id") for row in planned)
    entities = {row.entity for row in planned}
    count, owners = style.in_figures(len(planned)), style.cardinal(len(entities))
    said = wording.text(
        "plan.initiatives",
        count=style.opening(len(planned), plural(len(planned), "initiative", "initiatives")),
        verb=plural(len(planned), "was", "were"),
        n=owners,
        noun=plural(len(entities), "entity", "entities"),
    )
    figures = (
        Figure("plan.initiatives.count", len(planned), count, cells),
        Figure("plan.entities.count", len(entities), owners, cells),
    )
    return plain("plan.initiatives", said, cells, figures)


def plan_table(facts: DraftFacts, wording: Wording) -> DraftTable:
    """Initiatives, results and resources by thematic area."""
    review, places = facts.review, facts.planned_themes
    themes = review.codebook["thematic_areas"]
    of_results = Counter(
        places.get((row.entity, row.initiative_id), "") for row in review.rows(Result)
    )
    cents: Counter[tuple[str, str]] = Counter()
    for share in facts.shares:
        cents[places.get(share.initiative, ""), share.source] += share.cents
    counts = Counter(places.values())
    made, figures = [], []
    for theme in [*themes, *([""] if counts[""] else [])]:
        label = themes.label(theme) if theme else wording.text("not_assigned")
        numbers = [counts[theme], of_results[theme]]
        money = [dollars(cents[theme, source]) for source in (CORE, EXTRABUDGETARY)]
        made.append((label, *_printed(numbers, money)))
        cells = _initiative_cells(review, places, theme)
        figures += [
            Figure(f"plan.{theme}.{name}", value, printed, cells)
            for name, value, printed in zip(
                PLAN_FIGURES, (*numbers, *money), _printed(numbers, money), strict=True
            )
            if value
        ]
    numbers = [counts.total(), of_results.total()]
    money = [
        dollars(sum(found for (_, source), found in cents.items() if source == kind))
        for kind in (CORE, EXTRABUDGETARY)
    ]
    every = _initiative_cells(review, places)
    made.append(("Total", *_printed(numbers, money)))
    figures += [
        Figure(f"plan.total.{name}", value, printed, every)
        for name, value, printed in zip(
            PLAN_FIGURES, (*numbers, *money), _printed(numbers, money), strict=True
        )
        if value
    ]
    head = tuple(wording.text(f"table.plan.{name}") for name in ("theme", *PLAN_FIGURES))
    title = wording.text("table.plan")
    return DraftTable(
        "table.plan", title, head, tuple(made), (3, 1, 1, 2, 2), "lrrrr", figures=tuple(figures)
    )


PLAN_FIGURES = ("initiatives", "results", "core", "extrabudgetary")


def _printed(numbers: Sequence[int], money: Sequence[float]) -> tuple[str, ...]:
    return (*map(style.in_figures, numbers), *map(style.amount, money))


def _initiative_cells(
    review: Review, places: Mapping[tuple[str, str], str], theme: str | None = None
) -> tuple[CellRef, ...]:
    return tuple(
        row.cell_of("initiative_id")
        for row in review.rows(Initiative)
        if theme is None or places[row.entity, row.initiative_id] == theme
    )


def _initiatives(facts: DraftFacts, wording: Wording, theme: str) -> Iterator[Sentence]:
    places = facts.planned_themes
    for row in facts.review.rows(Initiative):
        if row.is_chosen and places[row.entity, row.initiative_id] == theme:
            yield initiative_sentence(facts, wording, row)


def initiative_sentence(facts: DraftFacts, wording: Wording, row: Initiative) -> Sentence:
    """What the draft says of one initiative: the office's words, else the entity's."""
    return rows.titled_sentence(facts, wording, row, "narrative", "initiative")


def _accountability(review: Review, wording: Wording) -> Iterator[Paragraph]:
    """How many returns the heads of entities have signed off (para. 46)."""
    received = [
        line
        for line in review.rows(RegisterLine)
        if line.status == register.RECEIVED and line.takes_part == register.INVITED
    ]
    if received:
        signed = [line for line in received if line.signed_off == "Y"]
        cells = tuple(line.cell_of("signed_off") for line in received)
        whole, share = style.same_category([len(received), len(signed)])
        if len(received) == 1:
            said = wording.text("signed_off.one", verb="was" if signed else "was not")
        else:
            verb = plural(len(signed), "was", "were")
            printed = _all(len(signed), len(received), share)
            said = wording.text("signed_off", total=whole, n=printed, verb=verb)
        figures = (
            Figure("returns.received", len(received), whole, cells),
            Figure("returns.signed_off", len(signed), share, cells),
        )
        yield plain("plan.accountability.signed_off", said, cells, figures)
    yield prompt(wording, "plan.accountability")


def _all(part: int, whole: int, printed: str) -> str:
    """How a part is said that is all of the whole, or none."""
    if part == whole:
        return "all"
    return printed if part else "none"
