"""What the office typed follows the words that it is about, or is parked; it is never lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from analysis.drawn_returns import Drawn, intake_of, renumbered
from rows import rows_in

from wps_xl.codebook import load
from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.model import Value
from wps_xl.review.consolidation import Consolidated, consolidate
from wps_xl.review.workbook import Review

CODEBOOK = load()
TODAY = dt.datetime(2031, 5, 4)
EMPTY = new_review(CODEBOOK, next(iter(CODEBOOK["cycles"])))
TEXTS = (
    "Opened a clinic for survivors in the border district.",
    "Sent advisers to the council before the election.",
    "Trained every judge of the garrison and of the tribunal.",
    "Paid for the harvest of fishery workers on one island.",
    "Kept a ledger at the market, with a radio network.",
    "Rebuilt the orchard that parliament had sold.",
    "Lent a quarry to the union against its will.",
    "Held workshops wherever a village asked for shelter.",
)


def sent(review: Review, **sheets: Sequence[Drawn]) -> Consolidated:
    """The workbook after the entity has sent these rows."""
    return consolidate(review, intake_of(CODEBOOK, "progress", sheets), TODAY)


def activity(number: str, text: str, **more: Value) -> Drawn:
    return Drawn(number, {"area": "A", "activity": text, **more})


def measure(number: str, of: str, text: str, value: int) -> Drawn:
    return Drawn(number, {"activity_id": of, "measure": text, "value": value})


def typed(review: Review, sheet: str, **entries: Sequence[Value]) -> Review:
    """The review after somebody at the office has filled columns of a data sheet, row by row."""
    rows = [dict(row) for row in rows_in(review, sheet)]
    for heading, values in entries.items():
        for row, value in zip(rows, values, strict=False):
            row[heading.replace("_", " ")] = value
    return with_rows(review, sheet, rows)


def wordings(review: Review, sheet: str = "Progress", heading: str = "Our wording") -> list[Value]:
    return [row[heading] for row in rows_in(review, sheet)]


def notes(review: Review) -> str:
    return "\n".join(str(row["Text"]) for row in rows_in(review, "Notes"))


def test_words_follow_rows_that_were_numbered_anew_and_the_run_says_so() -> None:
    one, two, new = TEXTS[:3]
    before = sent(EMPTY, Progress=[activity("A-1", one), activity("A-2", two)]).review
    before = typed(before, "Progress", Our_wording=["Of one.", "Of two."], In_report=["yes", "no"])

    after = sent(before, Progress=renumbered([activity("", t) for t in (new, one, two)], "A"))

    assert wordings(after.review) == [None, "Of one.", "Of two."]
    assert wordings(after.review, heading="In report") == [None, "yes", "no"]
    assert after.said == (
        "What the office typed went with rows that were numbered anew: Progress UNDP A-1 is A-2 "
        "now, Progress UNDP A-2 is A-3 now.",
    )
    assert after.review.moves["Progress"] == {2: 3, 3: 4}


def test_a_wholly_replaced_text_under_its_number_parks_the_words_by_name() -> None:
    before = sent(EMPTY, Progress=[activity("A-1", TEXTS[0])]).review
    before = typed(before, "Progress", Our_wording=["Of one."], In_report=["yes"])

    after = sent(before, Progress=[activity("A-1", TEXTS[1])])
    again = sent(after.review, Progress=[activity("A-1", TEXTS[1])])
    back = sent(again.review, Progress=[activity("A-7", TEXTS[0])])

    assert wordings(after.review) == [None]
    note = rows_in(after.review, "Notes")[-1]
    assert (note["Sheet"], str(note["Cell"])[1:]) == ("Progress", "2")
    assert str(note["Text"]).endswith(", Our wording: Of one.")
    assert "UNDP A-1" in str(note["Text"])
    assert TEXTS[0][:20] in str(note["Text"])
    assert "Parked on sheet Notes" in after.said[0]
    assert "Progress UNDP A-1 (In report, Our wording)" in after.said[0]
    assert again.said == ()
    assert notes(again.review) == notes(after.review)
    # Once the words are back, so is what the office said of them.
    assert wordings(back.review) == ["Of one."]


def test_a_row_held_back_has_its_words_again_when_it_counts() -> None:
    before = sent(EMPTY, Progress=[activity("A-1", TEXTS[0])]).review
    before = typed(before, "Progress", Our_wording=["Of one."])

    held = sent(before, Progress=[replace(activity("A-2", TEXTS[0]), held=True)])
    back = sent(held.review, Progress=[activity("A-1", TEXTS[1]), activity("A-2", TEXTS[0])])

    assert "Held back" in held.said[0]
    assert notes(held.review) == ""
    assert wordings(back.review) == [None, "Of one."]


def test_reason_and_date_of_a_decision_go_with_its_row() -> None:
    rows, more = [activity("A-1", TEXTS[0])], {"Reason": "new", "Initials": "XY"}
    before = typed(sent(EMPTY, Progress=rows).review, "Progress", In_report=["yes"])
    before = sent(before, Progress=rows).review
    lines = [{**row, **more} for row in rows_in(before, "Decisions")]

    review = with_rows(before, "Decisions", lines)
    after = sent(review, Progress=[activity("A-9", TEXTS[0])]).review

    (line,) = (row for row in rows_in(after, "Decisions"))
    assert line == {**line, "Row id": "A-9", **more}


def test_names_of_rows_and_slots_follow_the_rows_that_they_name() -> None:
    one, two, new = TEXTS[:3]
    rows = [activity("A-1", one), activity("A-2", two)]
    figures = [measure("M-1", "A-1", "people", 5), measure("M-2", "A-2", "houses", 7)]
    before = sent(EMPTY, Progress=rows, Measures=figures).review
    words = ["{M-1.value} and {a UNDP:M-2.value in words}.", "{P4 | measure = M-2} M-1."]
    same = ["UNDP:A-2; WHO:A-2", None]
    before = typed(before, "Progress", Our_wording=words, Same_activity_as=same)

    moved = [measure("M-2", "A-2", "people", 5), measure("M-1", "A-3", "houses", 7)]
    after = sent(
        before, Progress=renumbered([activity("", t) for t in (new, one, two)], "A"), Measures=moved
    )

    assert wordings(after.review) == [
        None,
        "{M-2.value} and {a UNDP:M-1.value in words}.",
        "{P4 | measure = M-1} M-1.",
    ]
    assert wordings(after.review, heading="Same activity as") == [None, "UNDP:A-3; WHO:A-2", None]


def test_what_names_a_row_that_is_gone_is_marked_parked_and_said() -> None:
    one, two = TEXTS[:2]
    rows = [activity("A-1", one), activity("A-2", two)]
    figures = [measure("M-1", "A-1", "people trained", 5)]
    before = sent(EMPTY, Progress=rows, Measures=figures).review
    before = typed(before, "Progress", Our_wording=["{M-1.value}."], Same_activity_as=["UNDP:A-2"])

    other = [measure("M-1", "A-1", "houses built", 9)]
    after = sent(before, Progress=[rows[0], activity("A-2", TEXTS[2])], Measures=other)

    assert wordings(after.review)[0] == "{M-1 gone.value}."
    assert wordings(after.review, heading="Same activity as")[0] is None
    assert "Our wording: {M-1.value}." in notes(after.review)
    assert "Same activity as: UNDP:A-2" in notes(after.review)
    assert "Our wording (UNDP:M-1)" in after.said[0]


@pytest.mark.parametrize("classification", ["areas", "themes"])
def test_rows_of_overview_keep_a_wording_each_in_every_kind_of_cycle(classification: str) -> None:
    themes = classification == "themes"
    codes = ["PREV", "PART", "PROT"] if themes else ["A", "B", "C"]
    column = "thematic_area" if themes else "area"
    review = replace(EMPTY, settings={**EMPTY.settings, "classification": classification})
    # The first column of Overview is its area, blank in a cycle by themes.
    rows = [Drawn("", {"focus": TEXTS[at], column: code}) for at, code in enumerate(codes)]
    rows = [replace(row, number=row.says.get("area")) for row in rows]  # type: ignore[arg-type]
    before = sent(review, Overview=rows).review
    before = typed(before, "Overview", Our_wording=["One.", "Two.", "Three."])

    after = sent(before, Overview=[rows[0], rows[2]])

    assert wordings(after.review, "Overview") == ["One.", "Three."]
    assert "Our wording: Two." in notes(after.review)


def test_a_row_copied_in_the_sheet_takes_nothing_from_the_row_it_was_copied_from() -> None:
    rows = [activity("A-1", TEXTS[0])]
    before = typed(sent(EMPTY, Progress=rows).review, "Progress", Our_wording=["Of one."])
    copied = rows_in(before, "Progress") * 2
    copied[1] = {**copied[1], "Our wording": "Of the copy."}

    after = sent(with_rows(before, "Progress", copied), Progress=rows).review

    assert wordings(after) == ["Of one."]
    assert "Of the copy." in notes(after)
