# ruff: noqa: E501 - a drawing is as wide as its sheet.
"""What a person sees in a cell is what was typed: read so, or asked about."""

from __future__ import annotations

import pytest
from intake.drawing import grid, returned, said

from wps_xl.model import Look, Value

FIGURES = """
| measure_id | activity_id | measure | value | unit     | percent | amount_usd | women | period_end |
| M-1        | A-1         | staff   | {value} | {unit} | {percent} | {amount_usd} | {women} | 2007-01-31 |
"""
LETTERS = dict(zip(("measure_id", "activity_id", "measure", "value", "unit"), "ABCDE", strict=True))
LETTERS |= {"percent": "F", "amount_usd": "G", "women": "H"}


@pytest.mark.parametrize(
    ("column", "held", "number_format", "unit", "read", "code"),
    [
        ("percent", 1, "0%", "persons", 100, "read-as-shown"),
        ("percent", 0.5, "0.0%", "persons", 50, "read-as-shown"),
        ("value", 0.61, "0%", "per cent of staff", 61, "read-as-shown"),
        ("value", 0.61, "0%", "persons", 61, "shown-unit"),
        ("women", 0.61, "0%", "persons", None, "not-a-number"),
        ("amount_usd", 0.61, "0%", "persons", None, "not-a-number"),
        ("amount_usd", 500, '"XOF" #,##0', "persons", None, "other-currency"),
        ("amount_usd", 500, "[$ر.س-401] #,##0", "persons", None, "other-currency"),
        ("amount_usd", 500, '"US$" #,##0', "persons", 500, ""),
        ("amount_usd", 500, '#,##0" US dollars"', "persons", 500, ""),
        ("value", 500, "[$€-2] #,##0", "persons", 500, "shown-unit"),
        ("value", 500, "[$€-2] #,##0", "€", 500, ""),
        ("value", 12, '0" persons"', "persons", 12, ""),
        ("women", 12, '0" women"', "persons", 12, ""),
        ("women", 12, '0" courses"', "persons", 12, "shown-unit"),
        ("amount_usd", 1_200_000, '0.0,,"M"', "persons", 1_200_000, ""),
        ("amount_usd", 1_200_000, "#,##0,", "persons", 1_200_000, "shown-otherwise"),
        ("value", 5, '0" thousand"', "persons", None, "scaled-number"),
        ("value", 5, '0" m"', "m", 5, ""),
        ("value", -5, "0;0", "persons", -5, "shown-otherwise"),
        ("value", 5, '"n/a"', "persons", 5, "shown-otherwise"),
        ("value", 0, '0;-0;"-"', "persons", 0, ""),
        ("women", 5, ";;;", "persons", 5, "hidden-value"),
        ("measure_id", 7, '"M-"0', "persons", "M-7", "read-as-shown"),
        ("measure", 0.5, "0%", "persons", "50%", "read-as-shown"),
    ],
)
def test_a_number_is_read_or_asked_about_as_it_shows(
    column: str, held: Value, number_format: str, unit: str, read: Value, code: str
) -> None:
    drawn = FIGURES.replace("M-1 ", "{measure_id}").replace("staff ", "{measure}")
    cells: dict[str, object] = {
        "value": "",
        "percent": "",
        "amount_usd": "",
        "women": "",
        "measure": "staff",
    }
    cells = {**cells, "measure_id": "M-1", column: held}
    looks = {f"{LETTERS[column]}2": Look(number_format)}

    found = returned(grid("Measures", drawn.format(**cells, unit=unit), looks=looks))

    assert found.tables["Measures"].columns[column] == [read]
    assert [issue.code for issue in said(found, "Measures")] == [code][: bool(code)]


@pytest.mark.parametrize(
    ("column", "pieces", "read", "code"),
    [
        ("value", (("", "120"), ("raised", "1")), None, "marked-part"),
        ("women", (("struck", "10"), ("", "12")), None, "marked-part"),
        ("activity_id", (("", "A-1"), ("raised", "2")), None, "marked-part"),
        ("measure", (("", "staff"), ("raised", "1")), "staff¹", "read-as-shown"),
        ("measure", (("", "1"), ("raised", "st"), ("", " course")), "1st course", ""),
        ("measure", (("struck", "men "), ("", "women")), "men women", "struck-part"),
        ("measure", (("struck", "staff"),), "staff", "struck-out"),
    ],
)
def test_pieces_that_are_set_apart_are_not_run_together(
    column: str, pieces: tuple[tuple[str, str], ...], read: Value, code: str
) -> None:
    cells = {"value": "", "women": "", "activity_id": "A-1", "measure": "staff"}
    cells |= {column: '"' + "".join(text for _, text in pieces) + '"'}
    drawing = """
    | measure_id | activity_id   | measure   | value   | unit    | women   |
    | M-1        | {activity_id} | {measure} | {value} | persons | {women} |
    """.format(**cells)
    letter = {"activity_id": "B", "measure": "C", "value": "D", "women": "F"}[column]

    found = returned(grid("Measures", drawing, looks={f"{letter}2": Look(pieces=pieces)}))

    assert found.tables["Measures"].columns[column] == [read]
    assert [issue.code for issue in said(found, "Measures")] == [code][: bool(code)]


def test_a_row_that_is_struck_out_is_one_line_with_all_its_cells() -> None:
    drawing = """
    | practice_id | title   | kind |
    | P-1         | Radio   |      |
    | P-2         | Cinema  |      |
    """
    looks = {cell: Look(struck=True) for cell in ("A2", "B2", "C2", "B3")}

    found = returned(grid("Practices", drawing, looks=looks), form="practices")

    issues = [issue for issue in said(found, "Practices") if issue.code == "struck-out"]
    assert [(issue.cell, issue.also) for issue in issues] == [
        ("A2", ("Practices!B2",)),
        ("B3", ()),
    ]


def test_white_words_on_white_are_told() -> None:
    looks = {"C2": Look(hidden=True)}
    drawing = "| result_id | initiative_id | indicator |\n| R-1 | I-1 | women in office |"

    found = returned(grid("Results", drawing, looks=looks), form="plan")

    assert [(i.code, i.cell) for i in said(found, "Results")] == [("hidden-value", "C2")]
