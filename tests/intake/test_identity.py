"""Which row of a return is which row of the next: words first, numbers second, riddles never."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from wps_xl.intake.identity import RowIdentity, followed
from wps_xl.intake.likeness import likeness

JUDGES = "trained judges of the district courts on the law against violence"
POLICE = "sent two advisers to the academy of the national police"
NURSES = "opened a clinic for survivors in the eastern province"


def pairs(before: Mapping[str, RowIdentity], after: Mapping[str, RowIdentity]) -> dict[str, str]:
    return followed(after, before)


def line(number: str, words: str, *rest: str) -> RowIdentity:
    return RowIdentity("E", number, (), (words,), rest)


def test_rows_inserted_and_numbered_anew_are_followed_by_their_words() -> None:
    before = {"one": line("a-1", JUDGES), "two": line("a-2", POLICE)}
    after = {"new": line("a-1", NURSES), "x": line("a-2", JUDGES), "y": line("a-3", POLICE)}

    assert pairs(before, after) == {"one": "x", "two": "y"}


@pytest.mark.parametrize(
    "words",
    [
        "trained jugdes of the district courts on the law against violence",
        "trained judges of the high and district courts on the law against violence",
        "trained 40 judges of the district courts on the law against violence",
    ],
)
def test_words_corrected_under_the_same_number_are_one_row(words: str) -> None:
    assert pairs({"one": line("a-1", JUDGES)}, {"x": line("a-1", words)}) == {"one": "x"}


def test_words_wholly_replaced_under_the_same_number_are_another_row() -> None:
    assert pairs({"one": line("a-1", JUDGES)}, {"x": line("a-1", POLICE)}) == {}


@pytest.mark.parametrize("number", ["a-1", "a-2"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (JUDGES, "trained judges of the district courts in the use of forensic evidence"),
        ("Helped Liberia to write its plan of action", "Helped Nepal to write its plan of action"),
        (
            "A workshop of three days for judges of the courts on the use of forensic evidence",
            "A workshop of three days for nurses of the clinics on the use of maternal records",
        ),
    ],
)
def test_one_pattern_filled_with_other_words_is_no_row_that_is_known(
    old: str, new: str, number: str
) -> None:
    assert pairs({"one": line("a-1", old)}, {"x": line(number, new)}) == {}


def test_a_word_replaced_in_a_pattern_that_other_rows_share_is_no_correction() -> None:
    other = {"two": line("a-2", JUDGES.replace("judges", "clerks"))}
    now = {"x": line("a-1", JUDGES.replace("judges", "bailiffs")), "y": other["two"]}
    longer = {"x": line("a-1", f"{JUDGES} at home"), "y": other["two"]}
    before = {"one": line("a-1", JUDGES)}

    assert pairs(before, {"x": now["x"]}) == {"one": "x"}
    assert pairs({**before, **other}, now) == {"two": "y"}
    assert pairs({**before, **other}, longer) == {"one": "x", "two": "y"}


def test_a_corrected_figure_leaves_a_row_what_it_is_unless_figures_tell_rows_apart() -> None:
    rows = {n: line(f"a-{n}", f"held training {n} of judges on the new law") for n in "12"}
    changed = {"x": line("a-1", "held training 7 of judges on the new law")}

    assert pairs({"1": rows["1"]}, changed) == {"1": "x"}
    assert pairs(rows, {**changed, "y": rows["2"]}) == {"2": "y"}


def test_rows_with_the_same_words_are_told_apart_by_what_else_they_say() -> None:
    before = {"one": line("m-1", "staff trained", "120"), "two": line("m-2", "staff trained", "7")}
    after = {"x": line("m-1", "staff trained", "7"), "y": line("m-2", "staff trained", "120")}

    assert pairs(before, after) == {"one": "y", "two": "x"}


def test_of_two_rows_alike_that_cannot_be_told_apart_none_is_followed() -> None:
    before = {"one": line("m-1", "staff trained", "120"), "two": line("m-2", "staff trained", "7")}
    after = {"x": line("m-1", "staff trained", "8"), "y": line("m-3", "staff trained", "121")}

    assert pairs(before, after) == {}


def test_nothing_moves_where_nothing_changed_however_alike_rows_are() -> None:
    rows = {name: line("m-1", "grant", "5") for name in "ab"} | {"c": line("m-2", "grant", "5")}

    assert pairs(rows, rows) == {name: name for name in rows}


def test_a_row_is_never_taken_for_one_of_another_question_or_entity() -> None:
    here = RowIdentity("E", "q-1", ("q-1",), ("see the annex",), ())
    there = {"q": RowIdentity("E", "q-2", ("q-2",), ("see the annex",), ())}
    other = {"o": RowIdentity("F", "q-1", ("q-1",), ("see the annex",), ())}

    assert pairs({"one": here}, {**there, **other}) == {}


def test_a_row_that_was_typed_over_is_known_by_its_number() -> None:
    typed = RowIdentity("E", "a-1", (), ("our own words for it",), (), sure=False)

    assert pairs({"one": typed}, {"x": line("a-1", JUDGES)}) == {"one": "x"}


def test_a_row_that_was_typed_over_is_not_the_one_put_in_before_it() -> None:
    typed = RowIdentity("E", "a-1", (), ("our own words for it",), ("lead",), sure=False)
    moved = {"new": line("a-1", NURSES, "lead"), "x": line("a-2", JUDGES, "lead")}

    assert pairs({"one": typed}, moved) == {}
    assert pairs({"one": typed}, {"new": line("a-1", NURSES, "partner")}) == {}


def test_texts_are_alike_by_their_words() -> None:
    assert likeness(JUDGES, JUDGES) == 1
    assert likeness(JUDGES, POLICE) < 0.3
    assert likeness("", "") == 1
    assert likeness("activity 3", "activity 4") < 0.6
