"""Patterns that staff changed lose nothing that a sentence has to say."""

from __future__ import annotations

from report.reviews import review_of

from wps_xl.model import Footnote
from wps_xl.report.council.wording import Wording, filled, parts

NOTE = Footnote("Q.members", "The first; the second.")


def test_a_footnote_stands_where_the_pattern_has_it() -> None:
    assert parts("{N} answered{note} yes.", {"N": "Two"}, NOTE) == ("Two answered", NOTE, " yes.")


def test_a_pattern_without_list_and_footnote_gets_the_footnote_at_its_end() -> None:
    assert parts("{N} answered yes.", {"N": "Two"}, NOTE) == ("Two answered yes.", NOTE)


def test_a_pattern_that_names_the_members_needs_no_footnote() -> None:
    slots = {"list": "The first and the second"}

    assert parts("{list} did.", slots, NOTE) == ("The first and the second did.",)


def test_a_sign_stands_where_nobody_fills_a_slot() -> None:
    assert filled("{N} of {unknown}", {"N": "Two"}) == "Two of [?]"


def test_a_pattern_of_the_workbook_goes_before_that_of_the_package() -> None:
    row = {"Key": "opening", "Pattern": "Ours: {N}.", "Used when": None}

    assert Wording(review_of(Wording=[row])).text("opening", N="Two") == "Ours: Two."
    assert "{N}" in Wording(review_of(Wording=[])).pattern("opening")
