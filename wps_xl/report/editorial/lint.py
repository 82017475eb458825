"""Finds in a finished text what an editor of the United Nations would change.

Each rule is a line of ``RULES``: a code, what to do, and a pattern whose group ``hit`` is the
offence. What else a pattern matches is right as it stands and only there to be passed over.
Addresses, quotations and given proper names are masked first: they are printed as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from wps_xl.model.text import Span, sentences
from wps_xl.report.editorial.style import MONTHS, S2007, UN, Profile


@dataclass(frozen=True)
class Offence:
    """One place that breaks a rule: the rule's code, what to do, the words found."""

    code: str
    message: str
    found: str


@dataclass(frozen=True)
class Usage:
    """A check; ``profile`` names the only profile it holds for, empty for all."""

    code: str
    message: str
    find: Callable[[str], Iterator[Span]]
    profile: str = ""


def lint(
    text: str,
    profile: Profile = UN,
    *,
    acronyms: Collection[str] = (),
    names: Collection[str] = (),
) -> list[Offence]:
    """Every offence in ``text``, in the order of the rules and then of the text.

    Parameters
    ----------
    acronyms
        Acronyms that take no article, beside those that begin with UN.
    names
        Proper names that are right however they are spelled.
    """
    masked = _masked(text, names)
    rules = [rule for rule in RULES if rule.profile in ("", profile.name)]
    if acronyms:
        rules.append(_article_rule("|".join(map(re.escape, sorted(acronyms)))))
    return [
        Offence(rule.code, rule.message, text[start:end].strip())
        for rule in rules
        for start, end in rule.find(masked)
    ]


def _pattern(pattern: str, flags: int = 0) -> Callable[[str], Iterator[Span]]:
    """A finder for ``pattern``: its group ``hit`` where it has one, else all of it."""
    compiled = re.compile(pattern, flags)
    group: str | int = "hit" if "hit" in compiled.groupindex else 0

    def find(text: str) -> Iterator[Span]:
        return (match.span(group) for match in compiled.finditer(text) if match[group])

    return find


_MONTH = "|".join((*MONTHS, "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"))
_LABELS = (
    r"(?:paragraphs?|paras?\.|sections?|sect\.|articles?|art\.|chapters?|annex(?:es)?|tables?"
    r"|figures?|footnotes?|notes?|pages?|pp?\.|goals?|targets?|indicators?|phases?|parts?|levels?"
    r"|nos?\.|vols?\.|steps?|rows?|columns?|resolutions?|items?|aged|grade|version|lists?)"
)
_UNITS = r"(?:per cent|million|billion|trillion|km|kg|cm|mm|m|ha|[ap]\.m\.)(?!\w)"
# Numbers that are no count of things, and so need not be words.
_NO_COUNT = (
    r"\d+(?:[/:.–-]\d+)+"
    rf"|{_LABELS}\s\d+(?![/:])(?:\s?(?:,|and|to|or|–|-)\s?\d+){{0,9}}(?!,?\d)"
    rf"|\d[\d,.]{{0,30}}\s(?:{_UNITS}|(?:{_MONTH})\b)"
    rf"|\d+(?:\s?(?:,|and|to|–|-)\s?\d+){{1,9}}\s(?:{_MONTH}|per\scent)\b"
    rf"|(?:{_MONTH})\.?\s\d+(?:,\s\d{{4}})?"
    r"|[$€£¥]\s?\d[\d,.]*|\([\w.]{1,4}\)|\(?(?:19|20)\d\d\b\)?|\d+\s\((?:19|20)\d\d\)"
    r"|(?<![\w.])[A-Za-z][\w.]*[-/–]\d[\w/.-]*|\d+\s?%|(?:^|\n)\d+\.\s|\d+[A-Za-z]\w*"
)
_NUMBER = re.compile(rf"{_NO_COUNT}|\b(?P<hit>\d+(?:,\d{{3}})*)\b", re.IGNORECASE)


def _small_figures(text: str) -> Iterator[Span]:
    """Numbers below 10, unless one of 10 or more in the sentence keeps them in figures (N5)."""
    for start, end in sentences(text):
        found = [match for match in _NUMBER.finditer(text, start, end) if match["hit"]]
        if all(len(match["hit"]) == 1 for match in found):
            yield from (match.span("hit") for match in found)


def _opening_figures(text: str) -> Iterator[Span]:
    for start, end in sentences(text):
        found = re.match(r"[“(]?(?!\d+[.)]\s)(?!(?:19|20)\d\d\b)\d[\d,.]*", text[start:end])
        if found:
            yield start, start + found.end()


_SYMBOL = re.compile(r"\bS/(?:\s?[A-Z0-9][A-Za-z0-9/.]*[A-Za-z0-9])?(?:\s\(\d{4}\))?")
_RIGHT_SYMBOL = re.compile(
    r"S/(?:\d{4}/\d+|PRST/\d{4}/\d+|RES/\d+ \(\d{4}\)|PV\.\d+|\d{5}|A[CG]\.[\w./]+|C[\w./]+)"
    r"(?:/(?:Add|Corr|Rev)\.\d+)*(?: \(\d{4}\))?"
)


def _symbols(text: str) -> Iterator[Span]:
    """Symbols of the Council that do not have the form S/2007/567 or S/PRST/2006/42 (S1)."""
    for match in _SYMBOL.finditer(text):
        if not _RIGHT_SYMBOL.fullmatch(match[0]):
            yield match.span()


_STEMS = (
    "apolog|author|capital|categor|central|character|civil|conceptual|criminal|critic|decentral"
    "|decriminal|demobil|emphas|familiar|final|formal|general|global|harmon|human|institutional"
    "|jeopard|legal|local|mainstream|marginal|material|maxim|minim|mobil|modern|national|neutral"
    "|normal|operational|optim|organ|penal|priorit|rational|real|recogn|reconceptual|scrutin"
    "|sensit|social|special|stabil|standard|stigmat|summar|synchron|util|victim"
)
_AMERICAN = (
    r"centers?|labor|defense|colors?|behaviors?|favorable|honor(?:s|ed|ing)?|neighbor\w*|judgments?"
    r"|travel(?:ed|ing)|fulfills?|enrollments?|skillful|peace-building|decision making"
)
_SPELLING = (
    r"\bcomputer programs?\b"
    rf"|(?P<hit>\b(?:programs?|{_AMERICAN}|(?i:{_STEMS})is(?:e[ds]?|ing|ations?|ers?))\b)"
)
_GENDERED = (
    r"\b(?:chairm[ae]n|manpower|mankind|policem[ae]n|firem[ae]n|manned|man-made|spokesm[ae]n"
    r"|businessm[ae]n|the (?:disabled|handicapped|elderly)(?=[\s,.;])"
    r"|disabled (?:persons?|people))\b"
)
_BAD_DATE = (
    rf"\b(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?, \d{{4}}"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th) (?:{_MONTH})\b"
    rf"|\b\d{{1,2}} (?:{_MONTH})\.?, \d{{4}}|(?<![\d/])\d{{1,2}}/\d{{1,2}}/\d{{2,4}}(?![\d/])"
    r"|\b(?:19|20)\d\d-\d\d-\d\d\b"
)
_FOLLOWING = (
    r"(?=[,.;:)]|$|\s(?:and|or|in|of|to|for|on|at|by|with|from|is|was|has|had|have|were|are|also"
    r"|reported|provided|trained|organized|launched|conducted|established)\b)"
)
_YEAR_RANGE = r"(?<![\w/–-])(?:19|20)\d\d{}(?:19|20)?\d\d(?![\w/–-])"


def _article_rule(acronyms: str) -> Usage:
    return Usage(
        "acronym-article",
        "Leave out the article before an acronym (E2).",
        _pattern(rf"\b[Tt]he (?:{acronyms}){_FOLLOWING}"),
    )


RULES = (
    Usage("percent-sign", "Write 'per cent'; % is for tables (N9).", _pattern(r"\d\s*%")),
    Usage("percent-word", "Write 'per cent' (N9).", _pattern(r"\b[Pp]ercent\b")),
    Usage("opening-figure", "Spell the number out or recast (N3, N4).", _opening_figures),
    Usage("small-figure", "Write a number below 10 in words (N1).", _small_figures),
    Usage(
        "thousands",
        "Separate the thousands with a comma (N2).",
        _pattern(
            r"resolutions?\s\d+|\d+[\"”]?\s\(\d{4}\)|(?<![\d/(,.\w–-])(?!(?:19|20)\d\d\b)"
            r"(?P<hit>\d{4,})\b(?![/)–-])"
        ),
    ),
    Usage(
        "serial-comma",
        "Leave out the comma before 'and' (L1).",
        _pattern(
            r"(?<![\w’'-])[\w’'-]+, (?!(?:(?!and\b)[\w’'-]+ )*and\b)"
            r"[\w’'-]+(?: [\w’'-]+){0,3}, and [\w’'-]+"
        ),
    ),
    Usage("acronym-possessive", "Recast: 'of' + acronym (E2).", _pattern(r"\b[A-Z]{3,}['’]s\b")),
    _article_rule("UN[A-Z]{2,}"),
    Usage("un-abbreviated", "Write 'United Nations' (E3).", _pattern(r"\bU\.N\.|\bUN\b(?!-)")),
    Usage("straight-quotes", "Use curly quotation marks (Q1).", _pattern(r'"')),
    Usage("dollar-sign", "Write '$' for United States dollars (M1).", _pattern(r"US ?\$|\bUSD\b")),
    Usage("spelling", "Use United Nations spelling (W1).", _pattern(_SPELLING)),
    Usage("date-form", "Write day, month, year (D1).", _pattern(_BAD_DATE)),
    Usage("gendered-term", "Use an inclusive term (G1).", _pattern(_GENDERED, re.IGNORECASE)),
    Usage("symbol-form", "Write S/year/number or S/PRST/year/number (S1).", _symbols),
    Usage(
        "resolution-year",
        "Give the year of the resolution in parentheses (S1).",
        _pattern(r"\b[Rr]esolution \d{3,4}\b(?![\d/])(?![”\"]? ?\(\d{4}\))"),
    ),
    Usage(
        "spacing",
        "One space between words, none before a stop.",
        _pattern(r"(?<=\S)  +(?=\S)|(?<=\w) +[,;:.](?=\s|$)"),
    ),
    Usage(
        "latin-abbreviation",
        "Write 'for example', 'that is' or 'and so on'.",
        _pattern(r"\b(?:e\.g\.|i\.e\.|etc\.)"),
    ),
    Usage(
        "relative-date",
        "Give the date: readers come later (D4).",
        _pattern(r"\b(?:(?:last|this|next) (?:year|month|week)|recently|to date)\b", re.IGNORECASE),
    ),
    Usage("range-dash", "En dash in a range (D3).", _pattern(_YEAR_RANGE.format("-")), UN.name),
    Usage("range-dash", "Hyphen in a range (D3).", _pattern(_YEAR_RANGE.format("–")), S2007.name),
    Usage("aside-dash", "Spaced en dash around a remark (L5).", _pattern("—"), UN.name),
    Usage("aside-dash", "Spaced em dash around a remark (L5).", _pattern(" – "), S2007.name),
)

_MASKED = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]+@[^\s@]+|“[^“”]*”")


def _masked(text: str, names: Collection[str]) -> str:
    """The text with addresses, quotations and proper names blanked, letter for letter."""
    masked = _MASKED.sub(lambda match: "·" * len(match[0]), text)
    for name in sorted(names, key=len, reverse=True):
        if name:
            masked = masked.replace(name, "·" * len(name))
    return masked
