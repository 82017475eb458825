"""Slots in the office's own sentences, so that a figure in them follows its row.

Under ``Our wording`` the office may write, between braces:

``{entity}``                  the entity of the row; also its ``{countries}``, ``{place}``
``{value}``, ``{part}``, …    a column of the first measure of the row's activity
``{M-2.value}``               a column of measure M-2 of the same entity
``{UNDP:M-2.value}``          a column of a measure of another entity
``{M-2.change}``              value less baseline; ``{M-2.year}`` the year it was measured in
``{a M-2.percent}``           with its article; ``{M-2.part in figures}``, ``… in words}``
``{count Q-A2}``              how many answered a question yes; ``{list Q-A2}`` who they are
``{note Q-A2}``               a footnote that names them
``{was M-2.part}``            was or were, as the figure asks; also ``{is …}``, ``{has …}``
``{P4 | audience = judges}``  a pattern of sheet Wording, its words given; ``measure = M-2``
                              says which measure its columns are of

A column is called by its code or heading. Where a slot names nothing, ``[?]`` is printed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wps_xl.codebook import Codebook
from wps_xl.model import CellRef, Figure, Footnote, Part
from wps_xl.office.word.ooxml import GAP
from wps_xl.records import Gathered, Measure, codes, number, text
from wps_xl.report.council.counts import name_of
from wps_xl.report.council.facts import DraftFacts, Measured
from wps_xl.report.council.wording import Wording
from wps_xl.report.editorial import names, style
from wps_xl.review.columns import sheet_of

_CALL = re.compile(r"(?<!\{)\{([\w.]+)\s*\|([^{}]*)\}(?!\})")
_SLOT = re.compile(r"(?<!\{)\{([^{}|\n]{1,200})\}(?!\})")
_TORN = re.compile(r"(?<!\{)\{(?!\{)[^{}\s]*(?!\}\})|(?<![\w}])[\w:.-]*\.[a-z_]+\}(?!\})")
_VERB = re.compile(r"(was|is|has) (.+)")
_SEVERAL = {"was": "were", "is": "are", "has": "have"}
_SAID_ALREADY = re.compile(r" ?(?:per cent\b|%)")
_SENTENCE_END = re.compile(r"(?:^|[.!?][”’]?\s+|\n\s*)[“‘]?$")
_MODE = re.compile(r"(?P<article>an? )?(?P<name>.+?)(?: in (?P<mode>figures|words))?")
_COLUMN = re.compile(r"(?:[\w-]+:)?[\w-]+\.[a-z_]+(?: in (?:figures|words))?")
_PEOPLE = ("women", "girls", "men", "boys")
_COUNTED = ("value", "numerator", "denominator", "baseline", "change", *_PEOPLE)
_NO_FIGURE = re.compile(r"\{[^{}]*\}|resolutions? \d+ \(\d{4}\)|\b(?:19|20)\d\d\b|\b[A-Z]/[\w/.]+")
_DIGITS = re.compile(r"(?<![\w{.])\d[\d,.]*\d|(?<![\w{.,])\d(?![\w.}])")


@dataclass(frozen=True)
class Subject:
    """What a sentence is about: an entity, the number of an activity, and the row itself."""

    entity: str
    activity: str = ""
    row: Gathered | None = None


@dataclass(frozen=True)
class Filled:
    """A filled sentence: its parts, its figures, and the slots that name nothing."""

    parts: tuple[Part, ...]
    figures: tuple[Figure, ...]
    unknown: tuple[str, ...]

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells behind its figures."""
        return tuple(cell for figure in self.figures for cell in figure.cells)


def fill(text: str, subject: Subject, facts: DraftFacts, wording: Wording) -> Filled:
    """The office's sentence with its slots filled; numbers are said as the rules ask (N1-N5)."""
    expanded = _CALL.sub(lambda match: _called(match, wording), text)
    found: list[Part] = []
    figures: list[Figure] = []
    unknown: list[str] = []
    large = _large_units(expanded, subject, facts)
    at = 0
    for match in _SLOT.finditer(expanded):
        found.append(_plain(expanded[at : match.start()], unknown))
        at = match.end()
        start = _SENTENCE_END.search(expanded[: match.start()]) is not None
        filled = _slot(match[1].strip(), subject, facts, start, large[match.start()])
        if filled is None:
            unknown.append(match[0])
            found.append(GAP)
        else:
            part, figure = filled
            part, at = _fitting(part, expanded, at)
            found.append(part)
            figures += [figure] if figure else []
    found.append(_plain(expanded[at:], unknown))
    return Filled(_capital(found), tuple(figures), tuple(unknown))


def _plain(text: str, unknown: list[str]) -> str:
    """What stands between slots; a call of no pattern and half a slot are slots that fill nothing.

    They are added to ``unknown``.
    """
    for pattern in (_CALL, _TORN):
        unknown += [match[0] for match in pattern.finditer(text)]
        text = pattern.sub(GAP, text)
    return text


def _fitting(part: Part, text: str, at: int) -> tuple[Part, int]:
    """A part as the words behind it ask: "per cent" is said once, and "none of" for no."""
    if not isinstance(part, str):
        return part, at
    said = _SAID_ALREADY.match(text, at)
    if said is not None and part.endswith(" per cent"):
        return part, said.end()
    if part in ("no", "No") and text.startswith(" of ", at):
        return f"{part}ne", at
    return part, at


def questions_in(text: str) -> set[str]:
    """The questions whose list a sentence gives, so that it need not be given again."""
    return set(re.findall(r"\{(?:list|note) ([^{}]+?)\s*\}", text))


def typed_numbers(text: str) -> list[str]:
    """Numbers typed into the office's sentence, which no row will change."""
    return _DIGITS.findall(_NO_FIGURE.sub("", text))


def _called(match: re.Match[str], wording: Wording) -> str:
    if match[1] not in wording:
        return match[0]
    pairs = (pair.partition("=") for pair in match[2].split("|"))
    given = {name.strip(): words.strip() for name, _, words in pairs}
    measure = given.pop("measure", "")
    return _SLOT.sub(lambda slot: _given(slot, given, measure), wording.pattern(match[1]))


def _given(slot: re.Match[str], given: Mapping[str, str], measure: str) -> str:
    """The words given for a slot of a pattern; a measure's column becomes a slot again."""
    said = _MODE.fullmatch(slot[1])
    verb = _VERB.fullmatch(slot[1])
    name = verb[2] if verb else said["name"] if said else slot[1]
    if name in given:
        words = given[name]
        is_column = _COLUMN.fullmatch(words) is not None
        return slot[0].replace(name, words) if is_column else words
    if measure and name in (*_COUNTED, "percent", "part", "whole", "target", "amount", "year"):
        return slot[0].replace(name, f"{measure}.{name}")
    return slot[0]


def _slot(
    text: str, subject: Subject, facts: DraftFacts, start: bool, large: bool
) -> tuple[Part, Figure | None] | None:
    match = _MODE.fullmatch(text)
    if match is None:
        return None
    kind, _, rest = text.partition(" ")
    if (rest in facts.answers and kind in ("count", "list", "note")) or (
        kind == "count" and rest in facts.asked
    ):
        return _of_question(kind, rest, facts, start)
    if text.casefold() in _OF_ROW:
        said = _of_row(text.casefold(), subject, facts)
        return None if said is None else (style.capital(said[0]) if start else said[0], said[1])
    verb = _VERB.fullmatch(text)
    if verb is not None:
        return _agreeing(verb, subject, facts)
    figure = _figure(match["name"], subject, facts)
    if figure is None:
        return None
    mode = match["mode"] or ("figures" if large else "")
    printed = _printed(figure, start and not match["article"], mode)
    shown = Figure(figure.id, figure.value, printed, figure.cells)
    article = f"{style.article(printed)} " if match["article"] else ""
    return (style.capital(article) if start else article) + printed, shown


def _agreeing(verb: re.Match[str], subject: Subject, facts: DraftFacts) -> tuple[Part, None] | None:
    """The verb in the number that its figure asks for."""
    figure = _figure(verb[2], subject, facts)
    if figure is None:
        return None
    return (verb[1] if figure.value == 1 else _SEVERAL[verb[1]]), None


def _of_question(
    kind: str, question: str, facts: DraftFacts, start: bool
) -> tuple[Part, Figure | None]:
    found = facts.answers.get(question, ())
    cells = tuple(cell for _, cell in found or facts.asked.get(question, ()))
    people = [name_of(facts.review.codebook, code) for code, _ in found]
    if kind == "count":
        printed = style.cardinal(len(found), start=start)
        return printed, Figure(f"{question}.count", len(found), printed, cells)
    listed = names.entity_list(people, start=start)
    figure = Figure(f"{question}.entities", "; ".join(code for code, _ in found), listed, cells)
    if kind == "list":
        return listed, figure
    text = style.note(names.entity_list(people, start=True))
    return Footnote(f"{question}.members", text), figure


_OF_ROW = ("entity", "countries", "place", "partners")


def _of_row(name: str, subject: Subject, facts: DraftFacts) -> tuple[str, Figure | None] | None:
    codebook = facts.review.codebook
    if name == "entity":
        return names.mention(name_of(codebook, subject.entity)), None
    row = subject.row
    value = text(row.raw(name)) if row is not None and row.has(name) else ""
    if row is None or not value:
        return None
    said = country_names(codes(value), codebook) if name == "countries" else value
    number = subject.activity or str(row.at)
    return said, Figure(f"{subject.entity}.{number}.{name}", value, said, (row.cell_of(name),))


def country_names(found: Sequence[str], codebook: Codebook) -> str:
    """Countries as a sentence lists them (C1)."""
    entries = codebook["countries"]
    pairs = [(entries.label(c), c in entries and entries[c]["article"] == "yes") for c in found]
    return names.country_list(pairs)


def _figure(name: str, subject: Subject, facts: DraftFacts) -> Figure | None:
    """The figure that a slot names, as its row gives it."""
    place, _, column = name.rpartition(".")
    measure = _measure(place, subject, facts)
    if measure is None:
        return None
    if column == "change":
        return _change(measure)
    if column == "year":
        return _year(measure)
    code = _column_code(column, facts)
    return measure.figures.get(code) or _further(measure, code, facts)


def _further(measure: Measured, code: str, facts: DraftFacts) -> Figure | None:
    """What a column of a measure says that no list of figures prints; None where it is blank."""
    column = sheet_of(facts.review.codebook, Measure.sheet_name).columns.get(code)
    value = measure.row.raw(code) if column else None
    if column is None or value is None:
        return None
    counted, said = number(value), text(value)
    if isinstance(value, dt.datetime):
        printed = style.date(value)
    elif column.list_name:
        printed = style.join(map(facts.review.codebook[column.list_name].label, codes(value)))
    else:
        printed = said if counted is None else style.in_figures(counted)
    shown = said if counted is None else counted
    return Figure(f"{measure.key}.{code}", shown, printed, (measure.row.cell_of(code),))


def _measure(place: str, subject: Subject, facts: DraftFacts) -> Measured | None:
    if not place:
        own = facts.of_activity.get((subject.entity, subject.activity), ())
        return own[0] if own else None
    entity, _, number = place.rpartition(":")
    return facts.measures.get((entity or subject.entity, number))


def _column_code(column: str, facts: DraftFacts) -> str:
    """The code of a column called by code or heading: ``part`` and ``Part`` are ``numerator``."""
    wanted = column.strip().casefold()
    for one in sheet_of(facts.review.codebook, Measure.sheet_name).columns.values():
        heading = one.heading.casefold()
        if wanted in (one.code, heading, heading.partition(" (")[0]):
            return one.code
    return wanted


def _change(measure: Measured) -> Figure | None:
    value, baseline = measure.figures.get("value"), measure.figures.get("baseline")
    if value is None or baseline is None:
        return None
    change = float(value.value) - float(baseline.value)
    return Figure(f"{measure.key}.change", change, "", (*value.cells, *baseline.cells))


def _year(measure: Measured) -> Figure | None:
    days = {"period_start": measure.row.period_start, "period_end": measure.row.period_end}
    years = [(code, day.year) for code, day in days.items() if day is not None]
    if not years or len({year for _, year in years}) > 1:
        return None
    cells = tuple(measure.row.cell_of(code) for code, _ in years)
    return Figure(f"{measure.key}.year", years[0][1], str(years[0][1]), cells)


def _printed(figure: Figure, start: bool, mode: str) -> str:
    column = figure.id.rpartition(".")[2]
    if column not in _COUNTED:
        is_share = figure.text.endswith(" per cent") and start
        return style.per_cent(float(figure.value), start=True) if is_share else figure.text
    number = float(figure.value)
    if start and not style.opens_well(number):
        return f"A total of {style.in_figures(number)}"
    if mode == "words":
        return style.capital(style.words(int(number))) if start else style.words(int(number))
    return style.cardinal(number, start=start, figures=mode == "figures")


def _large_units(text: str, subject: Subject, facts: DraftFacts) -> dict[int, bool]:
    """Place of each slot to whether a number of 10 or more of its unit shares its sentence (N5)."""
    found: dict[int, bool] = {}
    for first, last in _sentences(text):
        slots = list(_SLOT.finditer(text, first, last))
        units = {match.start(): _unit(match[1], subject, facts) for match in slots}
        large = {unit for unit, number in units.values() if number >= 10}
        found |= {at: unit in large for at, (unit, _) in units.items()}
    return found


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    ends = [match.end() for match in re.finditer(r"[.!?][”’]?\s+(?=[A-Z{“])", text)]
    yield from zip([0, *ends], [*ends, len(text)], strict=True)


def _unit(slot: str, subject: Subject, facts: DraftFacts) -> tuple[str, float]:
    match = _MODE.fullmatch(slot.strip())
    figure = _figure(match["name"], subject, facts) if match else None
    if figure is None or figure.id.rpartition(".")[2] not in _COUNTED:
        return slot, 0
    entity, name = figure.id.rpartition(".")[0].split(".", 1)
    return facts.measures[(entity, name)].row.unit or name, float(figure.value)


def _capital(found: Sequence[Part]) -> tuple[Part, ...]:
    """The parts joined where they are text, the first letter a capital."""
    joined: list[Part] = []
    for part in found:
        last = joined[-1] if joined else None
        if isinstance(part, str) and isinstance(last, str):
            joined[-1] = last + part
        elif part != "":
            joined.append(part)
    if joined and isinstance(joined[0], str):
        joined[0] = style.capital(joined[0])
    return tuple(joined)
