"""What entities really send, cell by cell: what is put in, and what must be told of it there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Meant:
    """One instance of a kind: ``value`` stands in ``column`` of a row of its own, and ``code`` is
    told there; a blank code says that nothing is told, as of the clean twins of a kind.

    ``beside`` are other cells of the row, ``further`` what is told of them. A row ``again`` stands
    below all others and says what one of them says; ``heading`` puts the value above the column.
    On the Cover a column is the code of a line.
    """

    kind: str
    sheet: str
    column: str
    value: object
    code: str
    beside: Mapping[str, object] = field(default_factory=dict)
    again: bool = False
    heading: bool = False
    further: Mapping[str, str] = field(default_factory=dict)


def cells(kind: str, code: str, *places: tuple[str, str, object]) -> list[Meant]:
    """Instances that are a value in a cell each."""
    return [Meant(kind, sheet, column, value, code) for sheet, column, value in places]


def rows(
    kind: str, code: str, *places: tuple[str, str, object, Mapping[str, object]]
) -> list[Meant]:
    """Instances that are several cells of a row together."""
    return [Meant(kind, *place[:3], code, place[3]) for place in places]


def again(
    kind: str, code: str, *places: tuple[str, str, object, Mapping[str, object]]
) -> list[Meant]:
    """Instances that say what the row before them says; with further changes of the row."""
    return [Meant(kind, *place[:3], code, place[3], again=True) for place in places]


def pairs(kind: str, *places: tuple[str, Mapping[str, tuple[object, str]]]) -> list[Meant]:
    """Instances that are several faults of one row; each is told at its own cell."""
    found = []
    for sheet, told in places:
        (column, (value, code)), *others = told.items()
        beside = {name: put for name, (put, _) in others}
        further = {name: said for name, (_, said) in others}
        found.append(Meant(kind, sheet, column, value, code, beside, further=further))
    return found


def headings(kind: str, code: str, *places: tuple[str, str, object]) -> list[Meant]:
    return [Meant(kind, *place, code, heading=True) for place in places]


DAY = dt.datetime

FILLED_IN = [
    *cells(
        "question reworded",
        "question-changed",
        ("Checklist", "text", "Has your entity a policy?"),
        ("Checklist", "text", "Did you plan any work in this area in the period?"),
        ("Checklist", "text", "见附件"),
    ),
    *cells(
        "question emptied",
        "question-changed",
        ("Checklist", "text", None),
        ("Checklist", "text", "  "),
        ("Checklist", "text", "–"),
    ),
    *cells(
        "initiative of another plan",
        "differs-from-plan",
        ("Updates", "initiative_id", "I-2"),
        ("Updates", "initiative_id", "I-11"),
        ("Updates", "initiative_id", "A-1"),
    ),
    *cells(
        "indicator reworded or emptied",
        "differs-from-plan",
        ("Updates", "indicator", "number of mediators"),
        ("Updates", "indicator", None),
        ("Updates", "indicator", "Women among mediators and negotiators"),
        ("Updates", "indicator", "tbd"),
    ),
    *cells(
        "unit changed or emptied",
        "differs-from-plan",
        ("Updates", "unit", "per cent"),
        ("Updates", "unit", None),
        ("Updates", "unit", "thousands of persons"),
    ),
    *cells(
        "baseline changed or emptied",
        "differs-from-plan",
        ("Updates", "baseline", 11),
        ("Updates", "baseline", None),
        ("Updates", "baseline", 0),
    ),
    *cells(
        "target changed or emptied",
        "differs-from-plan",
        ("Updates", "target", 5),
        ("Updates", "target", None),
        ("Updates", "target", 55),
    ),
    *headings(
        "heading with another unit",
        "changed-heading",
        ("Measures", "amount_usd", "Amount (thousands of US dollars)"),
        ("Measures", "percent", "Share (0 to 1)"),
        ("Measures", "women", "Women (%)"),
        ("Updates", "latest", "Latest value (in thousands)"),
        ("Resources", "core_usd", "Core (thousand US dollars)"),
        ("Resources", "extrabudgetary_usd", "Extrabudgetary (EUR)"),
        ("Results", "baseline", "Baseline (%)"),
        ("Practices", "start", "Start year"),
    ),
    *cells(
        "nothing of it changed",
        "",
        ("Updates", "indicator", "women  among MEDIATORS"),
        ("Updates", "target", 50.0),
        ("Updates", "unit", "Persons"),
    ),
    *cells(
        "what the Cover said",
        "cover-changed",
        ("Cover", "review_to", DAY(2009, 1, 1)),
        ("Cover", "plan_from", DAY(2001, 1, 1)),
        ("Cover", "practices_from", "1 March 1999"),
    ),
]

TWICE = [
    *again(
        "row under another number",
        "same-row-twice",
        ("Progress", "activity", "« {said} »", {}),
        ("Progress", "activity", "{said}\u200b!", {"start": None, "strategy": "POL"}),
        ("Measures", "measure", "{said}…", {}),
        ("Initiatives", "title", "– {said}", {}),
        ("Results", "expected_accomplishment", "More mediators‑are women", {}),
        ("Practices", "title", "“{said}”", {}),
    ),
    *again(
        "other row of the same words",
        "",
        ("Progress", "activity", "{said}", {"countries": "HTI"}),
        ("Measures", "measure", "{said}", {"value": 19}),
        ("Practices", "title", "{said}", {"results": "Men took part in the talks."}),
    ),
]

_DATES = (
    ("Progress", "start"),
    ("Progress", "end"),
    ("Measures", "period_start"),
    ("Measures", "period_end"),
    ("Measures", "baseline_date"),
    ("Updates", "latest_date"),
    ("Initiatives", "start"),
    ("Initiatives", "end"),
    ("Results", "baseline_date"),
    ("Results", "target_date"),
    ("Practices", "start"),
    ("Practices", "end"),
)
_DAYS: Mapping[str, object] = {
    "year that became a date": DAY(1905, 6, 29),
    "century lost": DAY(1907, 1, 31),
    "century too late": DAY(2107, 1, 31),
    "Buddhist year": DAY(2550, 1, 31),
    "Persian year": "1386-05-10",
    "Islamic year": "1428-02-10",
}
DATES = [
    *(
        Meant(f"date that cannot be meant: {kind}", sheet, column, day, "odd-date")
        for sheet, column in _DATES
        for kind, day in _DAYS.items()
    ),
    *cells(
        "date that cannot be meant: Buddhist year",
        "odd-date",
        ("Cover", "completed", DAY(2550, 7, 1)),
    ),
    *cells(
        "date that cannot be meant: Islamic year",
        "odd-date",
        ("Cover", "signed_off_date", "1428-06-20"),
    ),
    *cells(
        "date of an era",
        "not-a-date",
        ("Progress", "start", "平成19年1月31日"),
        ("Practices", "end", "令和2年3月1日"),
        ("Results", "target_date", "H19.1.31"),
    ),
    *cells(
        "dates long ago",
        "",
        ("Results", "baseline_date", DAY(1995, 9, 15)),
        ("Measures", "baseline_date", DAY(2000, 10, 31)),
        ("Results", "baseline_date", DAY(1990, 1, 1)),
    ),
]

LOGIC = [
    *cells(
        "number of a row without letter or number",
        "number-letter",
        ("Progress", "activity_id", "7001"),
        ("Progress", "activity_id", "first"),
        ("Progress", "activity_id", "Z-7002"),
    ),
    *cells(
        "reference in another form",
        "number-form",
        ("Measures", "activity_id", "A.1"),
        ("Measures", "activity_id", "a 01"),
        ("Resources", "initiative_id", "i{b}"),
        ("Results", "initiative_id", "I 0{b}"),
    ),
    *cells(
        "initiative that no plan has",
        "unknown-initiative",
        ("Progress", "initiative_id", "I-99"),
        ("Progress", "initiative_id", "X-1"),
        ("Progress", "initiative_id", "R-1"),
    ),
    *rows(
        "evidence that names no row",
        "evidence-unknown",
        ("Checklist", "evidence", "A-999", {"answer": "Yes"}),
        ("Checklist", "evidence", "see activities B-888, B-889", {"answer": "Yes"}),
        ("Checklist", "evidence", "Progress: A 777", {"answer": "Yes"}),
        ("Checklist", "evidence", "Progress row C-666.", {"answer": "Yes"}),
        ("Checklist", "evidence", "voir A-555 et B-444", {"answer": "Yes"}),
        ("Checklist", "evidence", "(Z-1)", {"answer": "Yes"}),
    ),
    *rows(
        "evidence that names one",
        "",
        ("Checklist", "evidence", "A-1; b 2", {"answer": "Yes"}),
        ("Checklist", "evidence", "S/2007/567", {"answer": "Yes"}),
        ("Checklist", "evidence", "Handbook, chapter B-2", {"answer": "Yes"}),
    ),
    *pairs(
        "two faults in one row",
        (
            "Progress",
            {
                "role": ("Chief", "list-value"),
                "strategy": ("CAPX", "list-value"),
                "end": ("soon", "not-a-date"),
            },
        ),
        ("Initiatives", {"level": ("Everywhere", "list-value"), "start": ("soon", "not-a-date")}),
        ("Practices", {"kind": ("Best", "list-value"), "title": ("tbd", "says-nothing")}),
        ("Measures", {"measure": (None, "required"), "value": ("31³", "marked-part")}),
    ),
]
