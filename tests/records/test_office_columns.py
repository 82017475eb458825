"""Entries of the office are understood however they are typed, or are named."""

from __future__ import annotations

import pytest
from analysis.review_examples import CODEBOOK, CYCLE

from wps_xl.desk.commands.issuing import new_review
from wps_xl.records import Activity


@pytest.mark.parametrize("typed", ["yes", "Yes", "YES ", "\u00a0yes"])
def test_yes_is_yes_however_it_is_typed(typed: str) -> None:
    row = new_review(CODEBOOK, CYCLE).new(Activity, in_report=typed)

    assert row.is_chosen
    assert not row.is_left_out


def test_blank_is_neither_yes_nor_no() -> None:
    row = new_review(CODEBOOK, CYCLE).new(Activity)

    assert not row.is_chosen
    assert not row.is_left_out
