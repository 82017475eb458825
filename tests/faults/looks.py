"""Faults that lie in how a cell looks, in its letters, or in what a program made of the typing."""

from __future__ import annotations

import datetime as dt
from random import Random

from faults.cells import M
from faults.page import Fault, Page, Spoil, sets
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

N, R = ("plan", "Initiatives"), ("plan", "Results")
S, G = ("plan", "Resources"), ("practices", "Practices")
CUT = ("Trained the staff of the field offices in early warning, in mediation and more. " * 4)[:255]


def shows(column: str, value: float, number_format: str) -> Spoil:
    """A number that its cell shows in this format; another one in each row."""

    def spoil(page: Page, row: int, chance: Random) -> str | None:
        cell = page.sheet.cell(row, page.column(column))
        cell.value, cell.number_format = value + row if value > 1 else value, number_format
        return None

    return spoil


def pieces(column: str, before: str, how: str, apart: str) -> Spoil:
    """A text whose last piece is set apart."""

    def spoil(page: Page, row: int, chance: Random) -> str | None:
        font = InlineFont(strike=True) if how == "struck" else InlineFont(vertAlign="superscript")
        page.put(row, column, CellRichText(before, TextBlock(font, apart)))
        return None

    return spoil


def struck(page: Page, row: int, chance: Random) -> str | None:
    for cell in page.sheet[row]:
        cell.font = Font(strike=True)
    return None


def place(page: Page, row: int, chance: Random) -> str | None:
    page.put(row, "countries", '=_xlfn.IMAGE("https://example.org/flag.png")')
    return None


LOOKS = [
    Fault(
        "amount in euros by its format",
        *S,
        "extrabudgetary_usd",
        "other-currency",
        "error",
        shows("extrabudgetary_usd", 4000, "#,##0\\ [$€-407]"),
    ),
    Fault(
        "per cent by its format",
        *M,
        "percent",
        "read-as-shown",
        "note",
        shows("percent", 0.126, "0.0%"),
    ),
    Fault(
        "thousands that the format hides",
        *S,
        "core_usd",
        "shown-otherwise",
        "warning",
        shows("core_usd", 1_200_000, "#,##0,"),
    ),
    Fault(
        "millions that the format says",
        *M,
        "amount_usd",
        "scaled-number",
        "error",
        shows("amount_usd", 5, '0" million"'),
    ),
    Fault(
        "unit in the format",
        *R,
        "target",
        "shown-unit",
        "warning",
        shows("target", 700, '0" kilometres"'),
    ),
    Fault("hidden number", *R, "target", "hidden-value", "warning", shows("target", 800, ";;;")),
    Fault(
        "raised mark at a number",
        *M,
        "value",
        "marked-part",
        "error",
        pieces("value", "25", "raised", "1"),
    ),
    Fault(
        "piece of a text struck out",
        *G,
        "context",
        "struck-part",
        "warning",
        pieces("context", "The mission trained ten advisers, ", "struck", "and twelve more."),
    ),
    Fault("row struck out", *G, "practice_id", "struck-out", "warning", struck),
    Fault("picture in a cell", *N, "countries", "cell-object", "error", place),
    Fault(
        "look-alike letters",
        *N,
        "level",
        "look-alike",
        "note",
        sets("level", "Nаtional", "Nаtiоnal"),
    ),
    Fault("word for nothing", *N, "partners", "read-as-blank", "note", sets("partners", "N/A", 0)),
    Fault(
        "broken letters",
        *N,
        "national_plan",
        "broken-letters",
        "warning",
        sets("national_plan", "CÃ´te dâ€™Ivoire", "Yaound\ufffd"),
    ),
    Fault("text cut off", *G, "results", "cut-off", "warning", sets("results", CUT)),
    Fault(
        "fraction of a person",
        *M,
        "women",
        "odd-fraction",
        "warning",
        sets("women", 1.234, 2.5),
    ),
    Fault(
        "date that cannot be meant",
        *M,
        "period_start",
        "odd-date",
        "warning",
        sets("period_start", dt.datetime(1905, 6, 29), dt.datetime(1907, 1, 31)),
    ),
]
