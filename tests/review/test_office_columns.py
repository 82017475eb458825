"""Entries of the office are understood however they are typed, or are named."""

from __future__ import annotations

import pytest

from wps_xl.review.office_columns import is_chosen, is_left_out


@pytest.mark.parametrize("typed", ["yes", "Yes", "YES ", "\u00a0yes"])
def test_yes_is_yes_however_it_is_typed(typed: str) -> None:
    assert is_chosen({"In report": typed})
    assert not is_left_out({"In report": typed})


def test_blank_is_neither_yes_nor_no() -> None:
    assert not is_chosen({})
    assert not is_left_out({"In report": None})
