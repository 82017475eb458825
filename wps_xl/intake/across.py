"""Rules over all returns together: partners, figures, questions, areas (S/2007/567, paras. 11, 45).

An issue stands in the later return by entity order; ``also`` names the cells of the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from wps_xl.codebook import places
from wps_xl.intake.catalogue import issue
from wps_xl.intake.completeness import answer_column
from wps_xl.intake.cover import show
from wps_xl.intake.returns import Return
from wps_xl.intake.side_by_side import Gathering, Line, found_columns
from wps_xl.model import Issue
from wps_xl.model.text import letters, visible

_FIGURES = ("value", "amount_usd", "percent", "numerator", "denominator")
_LARGE = ("value", "amount_usd")
_NAMED = 3
_YES = "yes"


def silent_partners(here: Gathering) -> Iterator[Issue]:
    """A warning for each partner in a joint row whose own return has no row of it (para. 32)."""
    for sheet_name in _sheets_with(here, "joint_with", "joint_key"):
        lines = here.lines(sheet_name)
        named = [(line.owner.entity, line["joint_key"]) for line in lines]
        by_key = {(entity, letters(str(name))) for entity, name in named if name}
        lines = [line for line in lines if line["joint_with"]]
        naming = {(line.owner.entity, code) for line in lines for code in line.codes("joint_with")}
        present = {
            item.entity
            for item in here.returns
            if found_columns(item, sheet_name, "joint_with", "joint_key")
        }
        for line in lines:
            name = line.text("joint_key")
            for partner in line.codes("joint_with"):
                if partner not in present or partner == line.owner.entity:
                    continue
                key = (partner, letters(name)) if name else (partner, line.owner.entity)
                if key not in (by_key if name else naming):
                    what = name or _title(line)
                    yield issue(
                        "silent-partner",
                        replace(line.place("joint_with"), part=partner),
                        found=partner,
                        expected=visible(what, 60),
                    )


def _title(line: Line) -> str:
    """What a row without a joint name is called in a message: its number."""
    return line.text(line.sheet.key) if line.sheet.key else f"row {line.row}"


def absent_partners(here: Gathering) -> list[str]:
    """What could not be checked: partners in joint activities whose return has not come."""
    there = {(item.entity, item.form) for item in here.returns}
    missing = {
        (partner, line.sheet.form)
        for name in _sheets_with(here, "joint_with", "joint_key")
        for line in here.lines(name)
        for partner in line.codes("joint_with")
        if (partner, line.sheet.form) not in there and here.invited.get(partner) == "invited"
    }
    return [
        f"joint activities with {one}, whose {form} return is not here"
        for one, form in sorted(missing)
    ]


def _sheets_with(here: Gathering, *columns: str) -> list[str]:
    return [
        sheet.name
        for form in here.forms.values()
        for sheet in form.sheets.values()
        if set(columns) <= set(sheet.columns)
    ]


def differing_partners(here: Gathering) -> Iterator[Issue]:
    """A warning where partners give other figures for the same measure of a joint activity."""
    names: dict[tuple[str, str], str] = {}
    for line in here.lines("Progress"):
        if line.text("joint_key"):
            number = line.text("activity_id").casefold()
            names[line.owner.book, number] = letters(line.text("joint_key"))
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in here.lines("Measures") if names else ():
        name = names.get((line.owner.book, line.text("activity_id").casefold()))
        if name and line.text("measure"):
            groups[name, letters(line.text("measure"))].append(line)
    for group in groups.values():
        for column in _FIGURES:
            yield from _differing(here, group, column)


def _differing(here: Gathering, group: Sequence[Line], column: str) -> Iterator[Issue]:
    told = [line for line in group if line[column] is not None]
    if len({line[column] for line in told}) < 2 or len({line.owner.book for line in told}) < 2:
        return
    *others, last = told
    apart = [line for line in others if line[column] != last[column]]
    figures = "; ".join(
        f"{line.owner.entity} reports {_shown(line, column)} "
        f"({line.owner.book}, {line.place(column).sheet} {line.place(column).cell})"
        for line in apart[:_NAMED]
    )
    yield issue(
        "partners-differ",
        last.place(column),
        found=_shown(last, column),
        expected=visible(last.text("measure"), 60),
        other=figures,
        also=_addresses(apart, column, last.owner),
    )


def _shown(line: Line, column: str) -> str:
    value = line[column]
    return show(value) if not isinstance(value, float) else f"{value:.15g}"


def _addresses(lines: Sequence[Line], column: str, reader: Return) -> tuple[str, ...]:
    return tuple(filter(None, (line.address(column, reader) for line in lines)))


def figures_twice(here: Gathering) -> Iterator[Issue]:
    """A warning for a large figure that stands twice with different words for what it counts."""
    least = here.codebook.limit("same_figure_from")
    for column in _LARGE:
        groups: dict[object, list[Line]] = defaultdict(list)
        for line in here.lines("Measures"):
            value = line[column]
            if isinstance(value, int | float) and abs(value) >= least:
                groups[value].append(line)
        for group in groups.values():
            if len(group) > 1:
                yield from _twice(group, column)


def _twice(group: Sequence[Line], column: str) -> Iterator[Issue]:
    """One issue for all rows with a figure whose words or periods are not those of the last."""
    *others, last = group
    words = letters(last.text("measure"))
    apart = [line for line in others if letters(line.text("measure")) != words]
    apart = [line for line in apart if _same_period(line, last)]
    if not apart:
        return
    first = apart[0]
    book = "" if first.owner is last.owner else f"{first.owner.book}, "
    where = first.place(column)
    yield issue(
        "same-figure-twice",
        last.place(column),
        found=_shown(last, column),
        expected=visible(last.text("measure"), 60),
        other=f"“{visible(first.text('measure'), 60)}” ({book}{where.sheet} {where.cell})",
        also=_addresses(apart, column, last.owner),
    )


def _same_period(one: Line, two: Line) -> bool:
    """Whether two rows tell the same period, or one of them none."""
    pairs = [(one[code], two[code]) for code in ("period_start", "period_end")]
    return all(a is None or b is None or a == b for a, b in pairs)


def opening_questions(here: Gathering) -> Iterator[Issue]:
    """A warning where the answer for an area and the rows in it contradict each other (8.4)."""
    areas = {
        code: entry["area"]
        for code, entry in here.codebook["questions"].entries.items()
        if places.opens(code)
    }
    by_theme = set(areas.values()) & set(here.codebook["thematic_areas"])
    rows: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in here.lines("Progress"):
        for place in _places(line, here, bool(by_theme)):
            rows[line.owner.book, place].append(line)
    answers = here.lines("Checklist")
    often = Counter((line.owner.book, line.text("question")) for line in answers)
    for line in answers:
        area = areas.get(line.text("question"))
        # A question that stands twice has no answer yet.
        once = often[line.owner.book, line.text("question")] == 1
        if area and once and found_columns(line.owner, "Progress", "area"):
            yield from _opening(here, line, area, rows, answer_column(line.sheet).code)


def _places(line: Line, here: Gathering, by_theme: bool) -> set[str]:
    """The area of a row, and its thematic area where questions are asked about one; or blank."""
    area, theme = line.text("area"), line.text("thematic_area")
    if not by_theme:
        return {area}
    return {area, theme or here.codebook.main_theme(area)} - {""} or {""}


def _opening(
    here: Gathering, line: Line, area: str, rows: Mapping[tuple[str, str], list[Line]], column: str
) -> Iterator[Issue]:
    there = rows.get((line.owner.book, area), [])
    # A row whose area cannot be read may be the one that is looked for.
    unread = rows.get((line.owner.book, ""), [])
    answer = line.text(column)
    label = places.title_of(here.codebook, area)
    slots = {
        "found": here.codebook[line.sheet.columns[column].list_name].label(answer),
        "other": f"area {area} ({label})",
        "expected": "Progress",
    }
    if answer == _YES and not there and not unread:
        also = _addresses([line], line.sheet.key, line.owner)
        yield issue("yes-without-rows", line.place(column), also=also, **slots)
    elif answer and answer != _YES and there:
        cells = [str(row.place("area").cell) for row in there]
        named = ", ".join(cells[:_NAMED]) + (" …" if len(cells) > _NAMED else "")
        also = _addresses(there, "area", line.owner)
        yield issue("rows-without-yes", line.place(column), cells=named, also=also, **slots)


def _says_yes(line: Line) -> bool:
    return line.text(answer_column(line.sheet).code) == _YES


def same_answers(here: Gathering) -> Iterator[Issue]:
    """A warning for questions that exactly the same entities answered with yes (footnote 9)."""
    least = here.codebook.limit("same_answers_from")
    yes: dict[str, list[Line]] = defaultdict(list)
    for line in here.lines("Checklist"):
        if _says_yes(line) and not here.is_body(line.owner):
            yes[line.text("question")].append(line)
    active = {line.owner.entity for lines in yes.values() for line in lines}
    by_entities: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for question in here.codebook["questions"]:
        entities = tuple(dict.fromkeys(line.owner.entity for line in yes.get(question, ())))
        # What everybody does says nothing about a copied list.
        if least <= len(entities) < len(active):
            by_entities[entities].append(question)
    for entities, alike in by_entities.items():
        if len(alike) > 1:
            yield _same([yes[question] for question in alike], entities)


def _same(lists: Sequence[Sequence[Line]], entities: Sequence[str]) -> Issue:
    *firsts, (*rest, last) = lists
    column = answer_column(last.sheet).code
    return issue(
        "same-answers",
        last.place(column),
        found=last.text("question"),
        other=", ".join(lines[0].text("question") for lines in firsts),
        count=str(len(entities)),
        cells=", ".join(entities[:_NAMED]) + (" …" if len(entities) > _NAMED else ""),
        also=_addresses([*rest, *(line for lines in firsts for line in lines)], column, last.owner),
    )


def bodies(here: Gathering) -> Iterator[Issue]:
    """A warning for each inter-agency body that comes into lists of entities (footnote 10)."""
    by_body: dict[str, list[Line]] = defaultdict(list)
    for line in here.lines("Checklist"):
        if here.is_body(line.owner) and _says_yes(line):
            by_body[line.owner.book].append(line)
    for lines in by_body.values():
        first, *others = lines
        column = answer_column(first.sheet).code
        yield issue(
            "body-in-list",
            first.place(column),
            found=first.owner.entity,
            cells=", ".join(line.text("question") for line in lines),
            also=_addresses(others, column, first.owner),
        )
