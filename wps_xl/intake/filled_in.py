"""What the office had filled in: questions, and the results of the plan in force (para. 47)."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.codebook import Codebook, places
from wps_xl.forms.definitions import VERSION, FormSheet
from wps_xl.intake.catalogue import issue
from wps_xl.intake.completeness import is_told
from wps_xl.intake.cover import show
from wps_xl.intake.returns import Return
from wps_xl.intake.side_by_side import Gathering, Line, Values, found_columns
from wps_xl.model import Issue, Value
from wps_xl.model.text import squeezed, visible
from wps_xl.rules.numbering import plain

# How much of a plan must stand in a form that was filled in from it.
_MOSTLY = 0.5
_LIKE = 0.6


def changed_questions(here: Gathering) -> Iterator[Issue]:
    """A warning for each question whose words are not those that were issued, or are gone."""
    changed = list(_changed_questions(here))
    often = Counter((code, said) for _, _, code, said, _ in changed if said)
    for line, column, code, said, issued in changed:
        # What two entities call a question in the same words was issued so.
        if often[code, said] < 2:
            yield issue(
                "question-changed",
                line.place(column),
                found=visible(said),
                holds=f"says “{visible(said)}”" if said else "is blank",
                expected=f"{code}: “{visible(issued, 500)}”",
                suggestion=issued,
            )


def _changed_questions(here: Gathering) -> Iterator[tuple[Line, str, str, str, str]]:
    for item, sheet in here.sheets():
        if sheet.prefilled != "questions" or not _is_issued(item):
            continue
        texts = [c.code for c in sheet.columns.values() if c.prefilled and c.code != sheet.key]
        texts = [code for code in texts if found_columns(item, sheet.name, code)]
        issued = _issued_questions(here.codebook)
        for column in texts:
            numbers = Counter(item.tables[sheet.name].columns[sheet.key])
            for line in here.lines_of(item, sheet):
                code, said = line.text(sheet.key), line.text(column)
                # Of a question that stands twice the number is wrong, not the words.
                known = issued.get(code, ()) if numbers[code] == 1 else ()
                if known and said not in known and _alike(said) not in map(_alike, known):
                    yield line, column, code, squeezed(said), known[0]


def _issued_questions(codebook: Codebook) -> Mapping[str, Sequence[str]]:
    """Code to the ways in which a question may have been issued, the one of today first."""
    questions = codebook["questions"]
    former: dict[str, list[str]] = {}
    for label, code in questions.former.items():
        former.setdefault(code, []).append(label)
    found = {}
    for code, entry in questions.entries.items():
        title = places.title_of(codebook, entry["area"])
        labels = [entry.label, *former.get(code, ())]
        leads = [title, *_former_titles(codebook, entry["area"])]
        ways = [f"{lead}: {label}" for label in labels for lead in leads if lead]
        found[code] = [*ways, *labels]
    return found


def _former_titles(codebook: Codebook, place: str) -> list[str]:
    lists = (codebook["areas_of_action"], codebook["thematic_areas"])
    return [label for one in lists for label, code in one.former.items() if code == place]


def _is_issued(item: Return) -> bool:
    """Whether the form is of this version, so that its texts are known."""
    return item.cover is not None and item.cover.text("form_version") in ("", VERSION)


def _alike(value: Value) -> str:
    """A value as it is held against another: no case, no spaces, numbers by what they count."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.12g}"
    return squeezed(show(value)).casefold()


@dataclass(frozen=True)
class _Matched:
    """The rows of a sheet of results held against one plan.

    ``pairs`` are rows with the number of their result in the plan; ``agreeing`` says how much of
    what the office fills in is the same.
    """

    plan: Mapping[str, Values]
    columns: Sequence[str]
    pairs: Sequence[tuple[Line, str]]

    @property
    def agreeing(self) -> float:
        cells = [(line[c], self.plan[no].get(c)) for line, no in self.pairs for c in self.columns]
        return sum(_alike(a) == _alike(b) for a, b in cells) / len(cells) if cells else 0.0


def results_of_the_plan(here: Gathering) -> Iterator[Issue]:
    """A warning for each cell of a result that is not as the plan has it, for results that no plan
    has, and for those that are gone."""
    for item, sheet in here.sheets():
        plans = here.background.plans.get(item.entity, ())
        if sheet.prefilled != "results" or not plans or not _is_issued(item):
            continue
        key = sheet.key
        columns = [c.code for c in sheet.columns.values() if c.prefilled and c.code != key]
        columns = [code for code in columns if found_columns(item, sheet.name, key, code)]
        lines = here.lines_of(item, sheet)
        matched = [_matched(lines, key, columns, plan) for plan in plans]
        best = max(matched, key=lambda one: one.agreeing)
        if best.agreeing >= _MOSTLY:
            yield from _against(item, sheet, lines, best)


def _matched(
    lines: Sequence[Line], key: str, columns: Sequence[str], plan: Mapping[str, Values]
) -> _Matched:
    """Each row with its result: by its number, else by what the office filled in beside it."""
    numbers = {plain(number): number for number in plan}
    pairs, rest = [], []
    for line in lines:
        number = numbers.pop(plain(line.text(key)), None)
        if number is None:
            rest.append(line)
        else:
            pairs.append((line, number))
    for line in rest:
        said = [_alike(line[code]) for code in columns]
        for short, number in numbers.items():
            issued = [_alike(plan[number].get(code)) for code in columns]
            if said == issued:
                pairs.append((line, numbers.pop(short)))
                break
    return _Matched(plan, columns, pairs)


def _against(
    item: Return, sheet: FormSheet, lines: Sequence[Line], matched: _Matched
) -> Iterator[Issue]:
    for line, number in matched.pairs:
        issued: Values = {**matched.plan[number], sheet.key: number}
        for code in (sheet.key, *matched.columns):
            alike = plain if code == sheet.key else _alike
            if alike(show(line[code])) != alike(show(issued.get(code))) and not _told(line, code):
                yield _differing(line, code, issued.get(code), number)
    known = {line.at for line, _ in matched.pairs}
    for line in lines:
        if line.at not in known and line.text(sheet.key):
            near = difflib.get_close_matches(line.text(sheet.key), matched.plan, 1, _LIKE)
            yield issue(
                "unknown-result",
                line.place(sheet.key),
                found=visible(line.text(sheet.key)),
                suggestion=near[0] if near else "",
            )
    idle = {plain(show(value)) for value in item.idle[sheet.name].values()}
    there = {number for _, number in matched.pairs}
    for number, row in matched.plan.items():
        if number not in there and plain(number) not in idle:
            yield _gone(item, sheet, number, row)


def _told(line: Line, code: str) -> bool:
    """Whether a blank cell is told already: it cannot be read, or each row must fill it."""
    column = line.sheet.columns[code]
    return line[code] is None and (column.required == "yes" or is_told(line, column))


def _differing(line: Line, code: str, issued: Value, number: str) -> Issue:
    said = show(line[code])
    return issue(
        "differs-from-plan",
        line.place(code),
        found=visible(said),
        holds=f"says “{visible(said)}”" if said else "is blank",
        expected=f"“{visible(show(issued), 500)}”" if issued is not None else "nothing here",
        other=number,
        suggestion=show(issued),
    )


def _gone(item: Return, sheet: FormSheet, number: str, row: Values) -> Issue:
    table = item.tables[sheet.name]
    where = item.place(sheet, table.heading_row, sheet.key)
    words = next((show(row[code]) for code in sheet.words if row.get(code)), number)
    return issue("result-missing", where, found=number, other=f"“{visible(words, 150)}”")
