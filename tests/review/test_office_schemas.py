"""Entries of the office are understood however they are typed, or are named."""

from __future__ import annotations

from analysis.review_examples import activity, initiative, review_with

from wps_xl.desk.commands.store import with_rows
from wps_xl.model import Value
from wps_xl.review.office_schemas import slips


def test_what_is_understood_is_passed_over() -> None:
    first = activity("UNDP", "A-1", **{"In report": "YES", "Our theme": "prot"})
    second = activity("WHO", "A-2", **{"Same activity as": "UNDP:A-1"})

    assert list(slips(review_with(Progress=[first, second]))) == []


def test_what_nobody_understands_is_named_with_its_cell_and_how_it_was_taken() -> None:
    row = {"In report": "maybe", "Our theme": "Protecton", "Same activity as": "UNDP A-9; WHO:A-9"}
    review = review_with(
        Progress=[activity("UNDP", "A-1", **row)],
        Initiatives=[initiative("UNDP", "I-1", **{"Same activity as": "UNDP:I-2"})],
    )

    found = list(slips(review))

    assert [sentence.partition(":")[0].split("!")[0] for sentence in found] == [
        *("Progress", "Progress", "Progress", "Progress", "Initiatives")
    ]
    assert "“maybe” is neither yes nor no, so the row is not in the report" in found[0]
    assert "“Protecton” is no thematic area" in found[1]
    assert "“UNDP A-9” names no row of Progress" in found[2]
    assert "“WHO:A-9” names no row of Progress" in found[3]
    assert "“UNDP:I-2” names no row of Initiatives" in found[4]


def test_words_of_the_office_in_a_row_that_nobody_chose_are_named() -> None:
    rows = [
        activity("UNDP", "A-1", **{"Our wording": "Ours."}),
        activity("WHO", "A-1", **{"Our wording": "Ours.", "In report": "no"}),
    ]

    found = list(slips(review_with(Progress=rows)))

    assert len(found) == 1
    assert "Our wording: these words are not in the report, as In report is blank" in found[0]


def test_a_status_that_is_none_is_named_and_every_cell_in_one_pass() -> None:
    rows = [activity("UNDP", f"A-{n}", **{"In report": "perhaps"}) for n in (1, 2)]
    recommended: list[dict[str, Value]] = [{"Status": "Implemented"}, {"Status": "done"}]
    review = with_rows(review_with(Progress=rows), "Recommendations", recommended)

    found = list(slips(review))

    assert [sentence.partition(" is ")[0] for sentence in found] == [
        "Progress!W2, In report: “perhaps”",
        "Progress!W3, In report: “perhaps”",
        "Recommendations!D3, Status: “done”",
    ]
