"""Holds a draft, whoever typed it, against the workbook: counts, lists, figures, symbols, rules.

A finding about a sentence that says word for word what the workbook gives is a note, because then
the workbook is to be corrected and not the draft.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite

from wps_xl.nouns import counted, plural
from wps_xl.office.word.manuscript import Manuscript
from wps_xl.office.word.update.alignment import LETTERS, Said, pairs, sentences
from wps_xl.report.editorial.lint import lint
from wps_xl.report.editorial.style import Profile
from wps_xl.report.proof import claims
from wps_xl.report.proof.claims import Names
from wps_xl.report.proof.findings import ERROR, NOTE, Finding, changed_cells
from wps_xl.review.workbook import Review

SPECIFIC = 100
"""Smallest number of a drafter's own sentence that must be somewhere in the workbook."""
TWINS = 3
NAMED = 10
"""As many sentences that were left out are named."""


@dataclass(frozen=True)
class Held:
    """What a draft is held against: the draft that the workbook gives now, and its lists."""

    review: Review
    names: Names
    there: Sequence[Said]
    known: frozenset[float]
    profile: Profile
    symbols: frozenset[str]
    fresh: Manuscript

    @classmethod
    def against(cls, review: Review, fresh: Manuscript, profile: Profile) -> Held:
        """Against the fresh draft of this workbook."""
        there = sentences(fresh)
        return cls(
            review=review,
            names=Names.of(review.codebook),
            there=there,
            known=frozenset(_known_numbers(review, fresh)),
            profile=profile,
            symbols=frozenset(review.codebook["documents"])
            | {symbol for said in there for symbol in claims.symbols(said.whole)},
            fresh=fresh,
        )


Check = Callable[[Said, Said | None, Held], Iterator[Finding]]


def check(text: Manuscript, held: Held) -> list[Finding]:
    """Everything found, in the order of the text."""
    here = sentences(text)
    aligned = pairs(here, held.there)
    found = [
        _judged(finding, said, other)
        for said, other in aligned
        for rule in RULES
        for finding in rule(said, other, held)
    ]
    found += _twins(aligned, held)
    found += _lost_references(text, here, held)
    found += changed_cells(text, held.fresh)
    found += _left_out(text, aligned, held)
    return sorted(_once(found), key=lambda finding: finding.at)


def _judged(finding: Finding, said: Said, other: Said | None) -> Finding:
    same = other is not None and said.whole == other.whole
    return replace(finding, severity=NOTE) if same else finding


def _once(found: Iterable[Finding]) -> list[Finding]:
    return list(dict.fromkeys(found))


def _finding(code: str, message: str, said: Said, here: str = "", there: str = "") -> Finding:
    return Finding(code, message, said.number, said.at, said.begins, here or said.text, there)


def _counts(said: Said, other: Said | None, held: Held) -> Iterator[Finding]:
    """The count of a sentence against the members of its note, or of its list between dashes."""
    there = other.text if other else ""
    counted = claims.counted(said.text)
    between = claims.listed(said.text, held.names)
    for count, members in between:
        if count != len(members):
            message = f"The sentence counts {count}, its list names {len(members)}."
            yield _finding("count", message, said, "", there)
    for note in said.notes:
        members = claims.members(note.text, held.names)
        free = [count for count in counted if count not in [n for n, _ in between]]
        if len(members) > 1 and free and len(members) not in counted:
            message = f"The sentence counts {free[0]}, footnote {note.number} names {len(members)}."
            yield _finding("count", message, said, "", there)


def _notes(said: Said, other: Said | None, held: Held) -> Iterator[Finding]:
    """The members of each note against those of the workbook."""
    if other is None:
        return
    for at, note in enumerate(said.notes):
        wanted = other.notes[at].text if at < len(other.notes) else ""
        mine = claims.members(note.text, held.names) or claims.unknown_members(
            note.text, held.names
        )
        right = claims.members(wanted, held.names)
        if not right:
            continue
        missing = [code for code in right if code not in mine]
        more = [code for code in claims.members(note.text, held.names) if code not in right]
        strange = claims.unknown_members(note.text, held.names)
        told = [f"{_list(missing)} missing"] if missing else []
        told += [f"{_list(more)} not in the workbook's list"] if more else []
        told += [f"no entity is called {_list(strange)}"] if strange else []
        if told:
            message = f"Footnote {note.number}: {'; '.join(told)}."
            yield _finding("footnote", message, said, note.text, wanted)
    for note in other.notes[len(said.notes) :]:
        if claims.members(note.text, held.names):
            message = "The footnote with the list of entities is missing."
            yield _finding("footnote", message, said, "", note.text)


def _list(items: Sequence[str]) -> str:
    return ", ".join(items)


def _figures(said: Said, other: Said | None, held: Held) -> Iterator[Finding]:
    """Figures that are not those of the workbook."""
    if other is not None and said.plain == other.plain:
        return
    mine = claims.numbers(said.text)
    if other is None:
        strange = [n for n in mine if n >= SPECIFIC and n not in held.known]
        if strange:
            shown = _list(list(map(_figure, strange)))
            yield _finding("figure", f"The workbook holds no figure {shown}.", said)
        return
    theirs = claims.numbers(other.text)
    more, less = mine - theirs, theirs - mine
    if more:
        message = f"The workbook has {_shown(less) or 'no such figure'}, the draft {_shown(more)}."
        yield _finding("figure", message, said, "", other.text)


def _shown(found: Counter[float]) -> str:
    return _list(list(map(_figure, found)))


def _figure(number: float) -> str:
    return f"{number:,.10g}" if isfinite(number) else "of over 300 digits"


def _names(said: Said, other: Said | None, held: Held) -> Iterator[Finding]:
    """Entities named beside those that the workbook names in the same sentence."""
    if other is None or said.plain == other.plain:
        return
    mine, theirs = set(held.names.find(said.text)), set(held.names.find(other.text))
    more, less = sorted(mine - theirs), sorted(theirs - mine)
    told = [f"{_list(more)} is not named there by the workbook"] if more else []
    told += [f"{_list(less)} is named there by the workbook"] if less else []
    if told:
        yield _finding("name", f"{'; '.join(told)}.", said, "", other.text)


def _symbols(said: Said, other: Said | None, held: Held) -> Iterator[Finding]:
    """Symbols of documents that the list of documents does not hold."""
    for symbol in claims.symbols(said.whole):
        if symbol in held.symbols:
            continue
        near = difflib.get_close_matches(symbol, held.symbols, 1, 0.8)
        wanted = claims.symbols(other.whole) if other else []
        hint = next((one for one in wanted if one not in said.whole), near[0] if near else "")
        message = f"{symbol} is not in the list of documents."
        yield _finding("symbol", message, said, symbol, hint)


def _rules(said: Said, other: Said | None, held: Held) -> Iterator[Finding]:
    """Offences against the editorial rules."""
    if said.heading:
        return
    for text in (said.text, *(note.text for note in said.notes)):
        for offence in lint(text, held.profile):
            message = f"“{offence.found[:LETTERS]}”: {offence.message}"
            yield _finding(offence.code, message, said, "", other.text if other else "")


RULES: Sequence[Check] = (_counts, _notes, _figures, _names, _symbols, _rules)


def _twins(aligned: Sequence[tuple[Said, Said | None]], held: Held) -> Iterator[Finding]:
    """Notes with the same members; a note where the workbook has as many of them."""
    groups: dict[frozenset[str], list[tuple[str, Said]]] = defaultdict(list)
    for said, _ in aligned:
        for note in said.notes:
            members = frozenset(claims.members(note.text, held.names))
            if len(members) >= TWINS:
                groups[members].append((note.number, said))
    known = Counter(
        frozenset(claims.members(note.text, held.names))
        for said in held.there
        for note in said.notes
    )
    for members, group in groups.items():
        if len(group) > 1:
            numbers = " and ".join(number for number, _ in group)
            message = f"Footnotes {numbers} name the same {len(members)} entities."
            severity = NOTE if known[members] >= len(group) else ERROR
            finding = _finding("twins", message, group[-1][1], group[-1][1].notes[0].text)
            yield replace(finding, severity=severity)


def _lost_references(text: Manuscript, here: Sequence[Said], held: Held) -> Iterator[Finding]:
    """References to what is not there; a text without numbers is held to those of the workbook."""
    numbers = _numbers_of(text) or _numbers_of(held.fresh)
    known = {"paragraph": numbers, "footnote": {note.number for note in text.notes}}
    for said in here:
        for kind, number in claims.references(said.text):
            if known[kind] and number not in known[kind]:
                yield _finding("reference", f"There is no {kind} {number}.", said)


def _numbers_of(text: Manuscript) -> set[str]:
    return {passage.number for passage in text.passages if passage.numbered}


def _left_out(
    text: Manuscript, aligned: Sequence[tuple[Said, Said | None]], held: Held
) -> Iterator[Finding]:
    """The sentences of the workbook that are not in the draft, which may well be meant."""
    used = Counter(id(other) for _, other in aligned if other is not None)
    gone = [said for said in held.there if id(said) not in used and not said.heading]
    if gone:
        told = "; ".join(_where(said) for said in gone[:NAMED])
        more = f"; and {len(gone) - NAMED} more" if len(gone) > NAMED else ""
        number = counted(len(gone), "sentence", "sentences")
        verb = plural(len(gone), "is", "are")
        message = f"{number} of the workbook's draft {verb} not in this text: {told}{more}."
        at = len(text.passages)
        yield Finding("left-out", message, "", at, gone[0].begins, severity=NOTE)


def _where(said: Said) -> str:
    """A sentence of the workbook's draft by its first words and its paragraph there."""
    return f"“{said.begins}…”" + (f" (its paragraph {said.number})" if said.number else "")


def _known_numbers(review: Review, fresh: Manuscript) -> Iterator[float]:
    """Every number of the workbook's data and of the draft it gives."""
    for frame in review.tables.values():
        for column in frame:
            for item in frame[column].tolist():
                if isinstance(item, int | float) and not isinstance(item, bool):
                    yield float(item)
    for passage in fresh.passages:
        yield from claims.numbers(passage.text)
    for table in fresh.tables:
        for row in table:
            for cell in row:
                yield from claims.numbers(cell)
