"""A specimen of each kind of rule: rows that keep it, and rows that break it, by their code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from wps_xl.codebook import load
from wps_xl.forms.definitions import Column, FormSheet
from wps_xl.forms.schemas import TYPES
from wps_xl.rules.kind import Frames
from wps_xl.rules.registry import rule_of

CODEBOOK = load()
CYCLE = CODEBOOK.cycle(next(iter(CODEBOOK["cycles"])))
SHEET, OTHER = "Own", "Other"
OTHERS = ("A-1", "B-2")
"""The numbers of the rows of the other sheet."""

Row = Mapping[str, object]


def day(date: dt.date, after: int = 0) -> dt.datetime:
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(after)


FIRST, LAST = day(CYCLE.review[0]), day(CYCLE.review[1])
OPEN = day(CYCLE.practices_from)


@dataclass(frozen=True)
class Specimen:
    """One rule on column ``x`` of a sheet whose columns are of these types.

    ``keeps`` are rows that keep it together; of ``breaks`` each row breaks it by itself, where
    nothing else is said, or the last one of several does.
    """

    kind: str
    rule: str
    types: Mapping[str, str]
    keeps: Sequence[Row]
    breaks: Mapping[str, Sequence[Row]]
    about: Mapping[str, Any] = field(default_factory=dict)
    sheet: Mapping[str, Any] = field(default_factory=dict)

    @property
    def breaks_all(self) -> list[Row]:
        return [row for rows in self.breaks.values() for row in rows]

    @property
    def form_sheet(self) -> FormSheet:
        columns = {code: self._column(code, type_) for code, type_ in self.types.items()}
        about = {"prefilled": "", "one_of": (), **self.sheet}
        return FormSheet("progress", SHEET, SHEET, "", columns=columns, **about)

    def _column(self, code: str, type_: str) -> Column:
        rules = (rule_of(self.rule, 1),) if self.rule and code == "x" else ()
        about = {"required": "", "many": False, **(self.about if code == "x" else {})}
        listed = "answers" if type_ == "code" else ""
        return Column(
            code=code,
            heading=code.upper(),
            type=type_,
            choices=listed,
            prefilled=False,
            optional_extra=False,
            width=10,
            rules=rules,
            help="",
            para="",
            **about,
        )

    def frames(self, rows: Sequence[Row]) -> Frames:
        """The rows and those of the other sheet, as one return has them, typed."""
        return {SHEET: frame(self.types, rows), OTHER: frame({"key": "text"}, OTHER_ROWS)}


OTHER_ROWS = [{"key": number} for number in OTHERS]


def frame(types: Mapping[str, str], rows: Sequence[Row]) -> pd.DataFrame:
    """Rows of one return as checks get them."""
    data: dict[str, Any] = {
        code: pd.Series([row.get(code) for row in rows], dtype=TYPES.get(type_, "str"))
        for code, type_ in types.items()
    }
    return pd.DataFrame({**data, "return": 0, "row": range(5, 5 + len(rows)), "entity": "DPA"})


def other_sheet() -> FormSheet:
    made = Specimen("", "", {"key": "text"}, [], {}).form_sheet
    return FormSheet("progress", OTHER, OTHER, "", "", (), made.columns)


NUMBER, TEXT, DATE, CODE = "number", "text", "date", "code"


def _specimens() -> Iterator[Specimen]:
    x, xy = {"x": NUMBER}, {"x": NUMBER, "y": NUMBER}
    blank: Row = {"x": None}
    yield Specimen(
        "required", "", {"x": TEXT}, [{"x": "a"}], {"required": [blank]}, {"required": "yes"}
    )
    yield Specimen("typed", "", x, [{"x": 5}, blank], {"not-a-number": [{"x": "five"}]})
    yield Specimen("typed", "", {"x": DATE}, [{"x": FIRST}], {"not-a-date": [{"x": "spring"}]})
    yield Specimen(
        "listed", "", {"x": CODE}, [{"x": "yes"}, blank], {"list-value": [{"x": "perhaps"}]}
    )
    yield Specimen(
        "says-nothing",
        "",
        {"x": TEXT},
        [{"x": "Trained."}],
        {"says-nothing": [{"x": "N/A"}]},
        {"required": "yes"},
    )
    yield Specimen(
        "one-of",
        "",
        {**xy, "z": NUMBER},
        [{"x": 1}, {"y": 1, "z": 2}],
        {"one-of-required": [{}, {"y": 1}]},
        sheet={"one_of": (("x",), ("y", "z"))},
    )
    yield Specimen(
        "answered",
        "",
        {"x": CODE},
        [{"x": "no"}],
        {"unanswered": [blank]},
        sheet={"prefilled": "questions"},
    )
    yield Specimen(
        "unique",
        "unique",
        {"x": TEXT},
        [{"x": "A-1"}, {"x": "A-2"}, blank, blank],
        {"duplicate-number": [{"x": "A-1"}, {"x": "a-1"}]},
    )
    yield Specimen(
        "refers-to",
        f"refers to {OTHER}.key",
        {"x": TEXT},
        [{"x": "a-1"}, {"x": "B-2"}, blank],
        {"unknown-reference": [{"x": "A-7"}]},
    )
    yield Specimen(
        "letter-of",
        "letter of y",
        {"x": TEXT, "y": TEXT},
        [{"x": "B-1", "y": "B"}, {"x": "Z-1"}, {"y": "B"}],
        {"number-letter": [{"x": "A-1", "y": "B"}, {"x": "B", "y": "B"}]},
    )
    yield Specimen(
        "required-with",
        "required with y",
        xy,
        [{}, {"y": 1, "x": 2}],
        {"required-with": [{"y": 1}]},
    )
    yield Specimen(
        "required-with",
        "required with y = yes, not in mandate",
        {"x": TEXT, "y": CODE},
        [{"y": "no"}, {"y": "yes", "x": "a"}, {}],
        {"required-with": [{"y": "yes"}, {"y": "not in mandate"}]},
    )
    yield Specimen(
        "expected-with",
        "expected with y",
        xy,
        [{}, {"y": 1, "x": 2}],
        {"expected-with": [{"y": 1}]},
    )
    yield Specimen(
        "required-unless",
        "required with y = yes unless z",
        {"x": NUMBER, "y": CODE, "z": TEXT},
        [{"y": "no"}, {"y": "yes", "x": 1}, {"y": "yes", "z": "none was kept"}],
        {"reason-missing": [{"y": "yes"}]},
    )
    yield Specimen("at-least", "at least 1", x, [{"x": 1}, blank], {"below-minimum": [{"x": 0.5}]})
    yield Specimen(
        "at-least",
        "at least plan_from",
        x,
        [{"x": CYCLE.plan_period[0].year}],
        {"below-minimum": [{"x": CYCLE.plan_period[0].year - 1}]},
    )
    yield Specimen("above", "above 0", x, [{"x": 0.5}, blank], {"below-minimum": [{"x": 0}]})
    yield Specimen("at-most", "at most 2", x, [{"x": 2}, blank], {"above-maximum": [{"x": 99}]})
    yield Specimen(
        "at-most",
        "at most y",
        xy,
        [{"x": 2, "y": 2}, {"x": 9}],
        {"part-over-whole": [{"x": 2, "y": 1}]},
    )
    yield Specimen(
        "not-before",
        "not before y",
        {"x": DATE, "y": DATE},
        [{"x": FIRST, "y": FIRST}, {"x": FIRST}],
        {"dates-order": [{"x": FIRST, "y": LAST}]},
    )
    yield Specimen(
        "not-before",
        "not before practices_from",
        {"x": DATE},
        [{"x": OPEN}, blank],
        {"before-first-date": [{"x": day(OPEN, -1)}]},
    )
    yield Specimen(
        "within",
        "within the review period",
        {"x": DATE},
        [{"x": FIRST}, {"x": LAST}, blank],
        {"outside-period": [{"x": day(FIRST, -1)}, {"x": day(LAST, 1)}]},
    )
    yield Specimen(
        "length",
        "10 to 20 characters",
        {"x": TEXT},
        [{"x": "ten signs."}, blank],
        {"too-short": [{"x": "nine sign"}], "too-long": [{"x": "one sign more than 20"}]},
    )
    yield Specimen(
        "differs-from",
        "differs from y",
        xy,
        [{"x": 1, "y": 2}, {"x": 1}],
        {"same-value": [{"x": 1, "y": 1}]},
    )
    yield Specimen(
        "differs-from",
        "differs from entity",
        {"x": TEXT},
        [{"x": "DDA; DESA"}, blank],
        {"same-value": [{"x": "DDA; DPA"}]},
        {"many": True},
    )
    yield Specimen(
        "e-mail",
        "an e-mail address",
        {"x": TEXT},
        [{"x": "a@b.c"}, blank],
        {"not-an-e-mail": [{"x": "a@b"}]},
    )
    yield Specimen(
        "together-at-most",
        "with y at most z",
        {**xy, "z": NUMBER},
        [{"x": 1, "y": 1, "z": 2}, {"x": 9}, {"z": 0}],
        {"parts-over-value": [{"x": 1, "y": 2, "z": 2}]},
    )
    yield Specimen(
        "quotient",
        "quotient of y and z",
        {**xy, "z": NUMBER},
        [
            {"x": 12.6, "y": 290, "z": 2300},
            {"x": 60, "z": 10},
            {"x": 5},
            {"x": 0.4, "y": 1, "z": 250},
        ],
        {
            "not-the-quotient": [{"x": 16, "y": 290, "z": 2300}],
            "impossible-percentage": [{"x": 61, "z": 10}],
            "percent-as-fraction": [{"x": 0.61}],
        },
    )


SPECIMENS = tuple(_specimens())
