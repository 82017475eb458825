"""Every code has its words in one file, and no check raises another."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import wps_xl.intake
from wps_xl.intake.catalogue import Place, catalogue, issue
from wps_xl.rules.registry import kinds

FOLDER = Path(wps_xl.intake.__file__).parent
CODES = set(catalogue())


def literals() -> Iterator[str]:
    """Every text constant of the modules that raise issues."""
    for module in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def raised() -> set[str]:
    """The codes with which ``issue``, ``Finding`` and ``Misfit`` are called."""
    found = {code for kind in kinds().values() for code in kind.raises}
    for module in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                is_raise = node.func.id in ("issue", "Finding", "Misfit")
                if is_raise and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def test_no_code_is_raised_that_the_catalogue_does_not_have() -> None:
    assert raised() <= CODES


def test_the_catalogue_has_no_code_that_nothing_raises() -> None:
    # Misfits of columns are put together of two.
    columns = ("missing", "missing-optional", "renamed", "renamed-optional")
    parts = {*literals(), *raised(), *(f"{kind}-column" for kind in columns)}

    assert parts >= CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_codes_are_stable_words_and_texts_are_sentences(code: str) -> None:
    words = catalogue()[code]

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert words.severity in ("error", "warning", "note")
    assert words.says[-1] in ".}"
    assert words.do[-1] in ".}"


def test_a_slot_without_a_value_breaks_no_message() -> None:
    found = issue("part-over-whole", Place("return.xlsx", sheet="Measures", cell="F7"))

    assert found.message.startswith("Measures F7: The part ")


def test_a_suggestion_is_part_of_the_message() -> None:
    place = Place("return.xlsx", sheet="Progress", cell="E7", heading="Role of the entity")

    found = issue(
        "list-value", place, found="laed", suggestion="lead", expected="one of Lead, Joint"
    )

    assert found.message == (
        "Progress E7, Role of the entity: “laed” is not in the list; the column takes one of Lead, "
        "Joint. Choose a value from the drop-down list (perhaps “lead”)."
    )
