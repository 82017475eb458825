"""Faults of one cell."""

from __future__ import annotations

import datetime as dt
from random import Random

from faults.page import Fault, Page, Spoil, sets
from faults.valid import CYCLE, FIRST, day

BEFORE = day(CYCLE.review[0], -200)
SERIAL = (FIRST - dt.datetime(1899, 12, 30)).days
P, M = ("progress", "Progress"), ("progress", "Measures")
N, R = ("plan", "Initiatives"), ("plan", "Results")
S, G = ("plan", "Resources"), ("practices", "Practices")


def formula(page: Page, row: int, chance: Random) -> str | None:
    page.put(row, "value", f"=D{row + 1}+1")
    return None


def error(page: Page, row: int, chance: Random) -> str | None:
    cell = page.sheet.cell(row, page.column("value"))
    cell.value = chance.choice(["#REF!", "#DIV/0!", "#N/A", "#VALUE!"])
    cell.data_type = "e"
    return None


def no_value(page: Page, row: int, chance: Random) -> str | None:
    cell = page.sheet.cell(row, page.column("value"))
    cell.value, cell.data_type = chance.choice(["1E400", "NaN"]), "n"
    return None


def serial(page: Page, row: int, chance: Random) -> str | None:
    cell = page.sheet.cell(row, page.column("start"))
    cell.value, cell.number_format = SERIAL, "General"
    return None


def amount(text: str) -> Spoil:
    """An amount as text, another one in each row."""

    def spoil(page: Page, row: int, chance: Random) -> str | None:
        page.put(row, "amount_usd", text.format(100 + row, chance.randrange(100, 999)))
        return None

    return spoil


CELLS = [
    Fault("required text blank", *P, "activity", "required", "error", sets("activity", None)),
    Fault("required code blank", *P, "role", "required", "error", sets("role", None)),
    Fault(
        "required number blank",
        *P,
        "activity_id",
        "required",
        "error",
        sets("activity_id", None),
        alone=True,
    ),
    Fault("required cell of spaces", *P, "role", "required", "error", sets("role", "  ", "\u00a0")),
    Fault(
        "unlisted value", *P, "strategy", "list-value", "error", sets("strategy", "Dancing", "CAPX")
    ),
    Fault("near miss", *P, "area", "list-value", "error", sets("area", "Conflict preventoin")),
    Fault(
        "one unlisted code among several",
        *P,
        "countries",
        "list-value",
        "error",
        sets("countries", "SDN; XXX"),
    ),
    Fault("date in a list column", *P, "level", "list-value", "error", sets("level", FIRST)),
    Fault("other case", *P, "role", "letter-case", "note", sets("role", "LEAD", "lEAD")),
    Fault(
        "space at the end of a code",
        *P,
        "role",
        "spaces",
        "note",
        sets("role", "Lead ", "Lead\u00a0"),
    ),
    Fault("invisible character", *P, "role", "spaces", "note", sets("role", "Le\u200bad")),
    Fault(
        "spaces around a text",
        *P,
        "place",
        "spaces",
        "note",
        sets("place", " Juba", "Juba\u00a0\n"),
    ),
    Fault("only spaces", *P, "partners", "blank-text", "note", sets("partners", "   ", "\u00a0")),
    Fault(
        "control characters",
        *P,
        "place",
        "control-characters",
        "note",
        sets("place", "Ju_x0007_ba"),
    ),
    Fault(
        "commas between codes", *P, "countries", "separators", "note", sets("countries", "SDN, LBR")
    ),
    Fault(
        "text that says nothing",
        *R,
        "expected_accomplishment",
        "says-nothing",
        "error",
        sets("expected_accomplishment", "n/a", "TBD", "–"),
    ),
    Fault("text too short", *P, "activity", "too-short", "error", sets("activity", "Training")),
    Fault(
        "text too long",
        *P,
        "activity",
        "too-long",
        "error",
        sets("activity", "Trained staff." * 50),
    ),
    Fault("date where text belongs", *P, "place", "date-in-text", "warning", sets("place", FIRST)),
    Fault(
        "date as text, one reading",
        *P,
        "start",
        "date-as-text",
        "note",
        sets("start", "2007-01-31", "31 January 2007"),
    ),
    Fault(
        "date as text, two readings",
        *P,
        "start",
        "date-unclear",
        "error",
        sets("start", "03/04/2007", "5.6.2007"),
    ),
    Fault("serial number of a date", *P, "start", "date-serial", "warning", serial),
    Fault(
        "no date",
        *P,
        "end",
        "not-a-date",
        "error",
        sets("end", "spring 2007", "soon", "31/02/2007"),
    ),
    Fault("number as text", *M, "value", "number-as-text", "note", sets("value", "25", "25.0")),
    Fault("thousands separators", *M, "amount_usd", "number-as-text", "note", amount("9,{},{}.5")),
    Fault("currency sign", *M, "amount_usd", "number-as-text", "note", amount("US$ {},{}")),
    Fault(
        "another currency",
        *M,
        "amount_usd",
        "other-currency",
        "error",
        sets("amount_usd", "€5000", "5,000 EUR", "CHF 12"),
    ),
    Fault(
        "percentage of money",
        *M,
        "amount_usd",
        "not-a-number",
        "error",
        sets("amount_usd", "10%", "10 per cent"),
    ),
    Fault(
        "per cent sign", *M, "percent", "number-as-text", "note", sets("percent", "12.6 %", "12.6%")
    ),
    Fault(
        "number against the style", *M, "amount_usd", "number-unclear", "error", amount("{}.{},5")
    ),
    Fault(
        "about a number",
        *M,
        "value",
        "not-a-number",
        "error",
        sets("value", "~50", "about 50", "many"),
    ),
    Fault(
        "date where a number belongs", *M, "value", "date-for-number", "error", sets("value", FIRST)
    ),
    Fault("error value", *M, "value", "error-value", "error", error),
    Fault("what is no value", *M, "value", "no-value", "error", no_value),
    Fault("formula without a result", *M, "value", "formula-without-result", "error", formula),
    Fault(
        "negative amount", *M, "amount_usd", "below-minimum", "error", sets("amount_usd", -5, -0.01)
    ),
    Fault("more than all", *M, "percent", "above-maximum", "error", sets("percent", 140)),
    Fault("year before the plan", *S, "year", "below-minimum", "error", sets("year", 1999)),
    Fault("year after the plan", *S, "year", "above-maximum", "error", sets("year", 2050)),
    Fault("yes or no", *S, "secured", "list-value", "error", sets("secured", "maybe")),
    Fault("title too long", *N, "title", "too-long", "error", sets("title", "Long title." * 20)),
    Fault("required date blank", *N, "start", "required", "error", sets("start", None)),
    Fault(
        "first date of practices",
        *G,
        "start",
        "before-first-date",
        "error",
        sets("start", dt.datetime(1999, 1, 1)),
    ),
    Fault(
        "unknown symbol",
        *G,
        "evidence",
        "unknown-symbol",
        "warning",
        sets("evidence", "S/2006/77", "see S/RES/9999 (2001)"),
    ),
    Fault(
        "required list blank",
        *G,
        "thematic_areas",
        "required",
        "error",
        sets("thematic_areas", None),
    ),
    Fault(
        "start outside the period", *P, "start", "outside-period", "warning", sets("start", BEFORE)
    ),
]
