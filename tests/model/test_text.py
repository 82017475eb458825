"""Text as people paste it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wps_xl.model.text import is_plain, show_control, squeezed, trimmed, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A-1 ", "A-1␠"),
        ("\u00a0A-1", "⍽A-1"),
        ("a\u200bb", "a[zero-width space]b"),
        ("a\x07b", "a␇b"),
        ("two\nlines", "two↵lines"),
        ("  ", "␠␠"),
        ("x" * 100, "x" * 79 + "…"),
    ],
)
def test_what_cannot_be_seen_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_codes_are_compared_with_one_kind_of_space() -> None:
    assert squeezed(" Human\u00a0rights \u200b ") == "Human rights"


@given(st.text())
def test_plain_text_is_not_changed_by_trimming(text: str) -> None:
    if is_plain(text):
        assert trimmed(text) == text


@given(st.text())
def test_showing_control_characters_drops_none(text: str) -> None:
    assert len(show_control(text)) == len(text)
