"""Where the rows of the data sheets went, in whatever order the return now has them."""

from __future__ import annotations

from analysis.review_examples import activity, initiative, measure, review_with

from wps_xl.forms.definitions import data_sheets
from wps_xl.review.layout import data_plan
from wps_xl.review.moves import moves
from wps_xl.review.workbook import table

WORDS = (
    "Trained judges of the district courts on the law against violence.",
    "Sent two advisers to the academy of the national police.",
    "Opened a clinic for survivors in the eastern province.",
)


def test_activities_and_their_measures_are_followed_when_all_are_numbered_anew() -> None:
    one, two, new = WORDS
    before = review_with(
        Progress=[activity("E", "A-1", activity=one), activity("E", "A-2", activity=two)],
        Measures=[measure("E", "M-1", "A-1", value=5), measure("E", "M-2", "A-2", value=5)],
    )
    after = review_with(
        Progress=[
            activity("E", "A-1", activity=new),
            activity("E", "A-2", activity=one),
            activity("E", "A-3", activity=two),
        ],
        Measures=[measure("E", "M-1", "A-3", value=5), measure("E", "M-2", "A-2", value=5)],
    )

    found = moves(before, after)

    assert found["Progress"] == {2: 3, 3: 4}
    # Both are called "grant": the activities tell them apart.
    assert found["Measures"] == {2: 3, 3: 2}


def test_resources_go_with_their_initiative_and_stay_with_their_year() -> None:
    years = [{"entity": "E", "year": year, "estimate": "actual"} for year in (2030, 2031)]
    before = review_with(
        Initiatives=[initiative("E", "I-1", title=WORDS[0])],
        Resources=[{**row, "initiative_id": "I-1", "core_usd": 7} for row in years],
    )
    after = review_with(
        Initiatives=[
            initiative("E", "I-1", title=WORDS[1]),
            initiative("E", "I-2", title=WORDS[0]),
        ],
        Resources=[
            *({**row, "initiative_id": "I-1", "core_usd": 7} for row in years),
            *({**row, "initiative_id": "I-2", "core_usd": 9} for row in years),
        ],
    )

    assert moves(before, after)["Resources"] == {2: 4, 3: 5}


def test_an_area_is_its_row_of_overview_whatever_its_words() -> None:
    rows = [{"entity": "E", "area": code, "focus": WORDS[0]} for code in "ABC"]
    other = [{**rows[2], "focus": WORDS[1]}, *rows[1::-1]]

    found = moves(review_with(Overview=rows), review_with(Overview=other))

    assert found["Overview"] == {2: 4, 3: 3}


def test_every_sheet_says_by_which_words_its_rows_are_known() -> None:
    sheets = list(data_sheets(review_with().codebook))

    for sheet in sheets:
        assert sheet.words or sheet.refers, sheet.name
        assert {*sheet.words} <= {*sheet.columns}
        assert table(data_plan(sheet), []).empty
