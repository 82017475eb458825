"""References in formulas of staff follow the rows and columns of our tables."""

from __future__ import annotations

import pytest

from wps_xl.office.excel.package.references import Move, followed

# Rows 2 to 6; one came in above row 3, row 5 has gone, column C has become F.
ROWS = {1: 1, 2: 2, 3: 4, 4: 5, 6: 6}
MOVE = Move(ROWS, first=(2, 2), last=(6, 6), columns={1: 1, 2: 2, 3: 6})
MOVES = {"progress": MOVE, "o'clock": MOVE}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Progress!A3", "Progress!A4"),
        (
            "IF(progress!$B$4=\"Progress!A3\",1,'Progress'!C$6)",
            "IF(progress!$B$5=\"Progress!A3\",1,'Progress'!F$6)",
        ),
        ("'O''Clock'!A4*2", "'O''Clock'!A5*2"),
        ("SUM(Progress!A3:A4)", "SUM(Progress!A4:A5)"),
        # A range over the whole table is one over the whole table.
        ("SUM(Progress!B2:B6)", "SUM(Progress!B2:B6)"),
        ("SUM(Progress!C1:C9)", "SUM(Progress!F1:F9)"),
        ("SUM(Progress!C:C)", "SUM(Progress!F:F)"),
        # Other sheets, names, tables and other workbooks are none of ours.
        ("A3+Other!A3+[1]Progress!A3+rate", "A3+Other!A3+[1]Progress!A3+rate"),
        ("SUM(Progress[Our wording])", "SUM(Progress[Our wording])"),
        ("1+ (", "1+ ("),
    ],
)
def test_a_formula_follows(before: str, after: str) -> None:
    assert followed(before, "Our own sums", MOVES).text == after


def test_on_the_sheet_itself_a_reference_needs_no_name() -> None:
    assert followed("A3&C4", "Progress", MOVES).text == "A4&F5"


def test_what_is_gone_is_named() -> None:
    single = followed("Progress!A5+Progress!A3", "Ours", MOVES)
    apart = followed("SUM(Progress!A2:A3)", "Ours", MOVES)

    assert (single.text, single.lost) == ("Progress!#REF!+Progress!A4", ("Progress!A5",))
    assert (apart.text, apart.lost) == ("SUM(Progress!A2:A3)", ("Progress!A2:A3",))


def test_rows_below_a_table_keep_their_distance() -> None:
    move = Move({1: 1, 2: 3}, first=(2, 2), last=(2, 3))

    assert followed("A4+SUM(A2:A2)+SUM(A2:A4)", "P", {"p": move}).text == "A5+SUM(A3)+SUM(A2:A5)"


def test_a_rule_over_a_range_means_rows_by_their_distance() -> None:
    move = Move({1: 1, 3: 5, 4: 4}, (2, 2), (4, 6))

    now = followed("AND($B3=$B2,COUNTIF($A$2:$A3,A3)=1,C$4>0)", "Progress", {"progress": move}, 2)

    assert now.text == "AND($B5=$B4,COUNTIF($A$2:$A5,A5)=1,C$4>0)"
