"""What breaks a code list is told in one pass, each with its place; the shipped lists are sound."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from wps_xl.codebook import load, shipped
from wps_xl.codebook.list_rows import Cells
from wps_xl.codebook.loader import SPECS, Codebook, faults, unchecked
from wps_xl.codebook.schemas import list_faults


def spoiled(table: str, at: int, changes: Mapping[str, str]) -> Codebook:
    """The code lists of the package with one row changed."""
    tables = {name: [dict(row) for row in rows] for name, rows in shipped().tables.items()}
    tables[table][at] |= changes
    return unchecked(tables)


def test_the_lists_of_the_package_break_no_schema() -> None:
    assert list(list_faults(shipped(), SPECS)) == []


def test_lists_as_shipped_are_not_checked_again_and_need_no_pandera() -> None:
    import subprocess
    import sys

    code = "import sys; from wps_xl.codebook import load; load(); print('pandera' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("table", "column", "value", "says"),
    [
        (
            "questions",
            "area",
            "Z",
            "area 'Z' is not in the list areas_of_action or thematic_areas.",
        ),
        ("questions", "code", "", "code must be given."),
        ("roles", "label", "", "label must be given."),
        (
            "entities",
            "kind",
            "group",
            "kind 'group' is not in the list. Choose one of: entity, body.",
        ),
        ("crosswalk", "weight", "half", "weight 'half' is not a number from 0 to 1."),
        ("crosswalk", "weight", "1.5", "weight '1.5' is not a number from 0 to 1."),
        ("lights", "at_least", "most", "at_least 'most' is not a number of 0 or more."),
        ("lights", "colour", "red", "colour 'red' is no colour."),
        ("lights", "compared_with", "all", "compared_with 'all' is nothing to compare with."),
        ("limits", "value", "many", "value 'many' is not a number. Write digits only."),
        ("limits", "value", "", "value '' is not a number. Write digits only."),
        ("aggregation_rules", "rule", "", "rule must be given."),
        ("documents", "date", "May", "date 'May' is not a date."),
        ("cycles", "plan_due", "2031-02-30", "plan_due '2031-02-30' is not a date."),
        ("cycles", "review_to", "1999-01-01", "the period ends before it begins."),
        (
            "cycles",
            "frequency",
            "daily",
            "frequency 'daily' is not in the list. Choose one of: annual, biennial.",
        ),
    ],
)
def test_a_value_that_cannot_be_meant_is_named_with_its_line(
    table: str, column: str, value: str, says: str
) -> None:
    name = table if table in SPECS else "choices"
    at = next(n for n, row in enumerate(load().tables[name]) if row.get("list", table) == table)

    found = list(faults(spoiled(name, at, {column: value})))

    assert [
        line for line in found if line.startswith(f"{name}.csv, line {at + 2}: {says}")
    ] == found
    assert len(found) == 1


def test_a_second_main_thematic_area_and_a_label_that_stands_twice_are_named() -> None:
    crosswalk, strategies = (load().tables[name] for name in ("crosswalk", "strategies"))
    at = next(n for n, row in enumerate(crosswalk) if row["main"] == "no")
    label = strategies[0]["name"].upper()

    assert list(faults(spoiled("crosswalk", at, {"main": "yes"}))) == [
        f"crosswalk.csv, line {at + 2}: main 'yes' stands already for this area. Leave it in one "
        "of them."
    ]
    assert list(faults(spoiled("strategies", 1, {"name": label}))) == [
        f"strategies.csv, line 3: '{label}' stands already on line 2. Remove one."
    ]


def test_what_refers_to_a_code_that_is_gone_is_named_though_it_was_not_changed() -> None:
    tables = {**shipped().tables, "thematic_areas": shipped().tables["thematic_areas"][1:]}
    gone = shipped().tables["thematic_areas"][0]["code"]

    found = list(faults(unchecked(tables)))

    assert found
    assert all(f"theme '{gone}' is not in the list." in line for line in found)


def test_every_fault_of_every_list_is_told_in_one_pass_with_list_and_cell() -> None:
    tables = {name: [dict(row) for row in rows] for name, rows in shipped().tables.items()}
    tables["questions"][0]["area"] = tables["questions"][2]["area"] = "Z"
    tables["documents"] = [{"symbol": "S/1", "title": "One", "body": ""}]
    cells = [{column: f"cell {column}{at}" for column in SPECS["questions"].columns} for at in
             range(len(tables["questions"]))]  # fmt: skip

    found = list(faults(unchecked(tables, {"questions": Cells("Sheet Lists", cells)})))

    assert [line.partition(" '")[0] for line in found] == [
        "Sheet Lists, cell area0: area",
        "Sheet Lists, cell area2: area",
        "documents.csv: the column",
    ]
