"""The lists of entities of the published report, as the draft prints them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from cycle_text import draft_sentences
from num2words import num2words
from workbooks import golden_rows, table

from wps_xl.codebook import load


@cache
def members(sentence: str) -> frozenset[str]:
    """The entities that a sentence lists: in its footnote where it has one."""
    found = set()
    text = sentence.partition("[")[2] or sentence
    entities = sorted(CODEBOOK["entities"].entries.values(), key=lambda e: -len(e.label))
    for entry in entities:
        printed = [entry.label] if entry["kind"] == "body" or not entry["short"] else []
        printed += [entry["short"]] if entry["short"] else []
        for name in printed:
            if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
                found.add(entry.code)
                text = text.replace(name, "")
    return frozenset(found)


CODEBOOK = load()
LISTS = [row for row in golden_rows("lists.csv") if row["question"] and row["list"] != "P5"]


@pytest.fixture(scope="module")
def sentences(demo: Path) -> list[str]:
    return draft_sentences(demo / "council_report.docx")


@pytest.mark.parametrize("row", LISTS, ids=lambda row: str(row["list"]))
def test_each_list_stands_in_the_draft_with_its_count_and_members(
    row: dict[str, str], sentences: list[str]
) -> None:
    wanted = set(row["members"].split("; "))
    count = int(row["count"])
    spelled = [str(num2words(count)), str(count)] if count >= 10 else [str(num2words(count))]

    hits = [s for s in sentences if members(s) == wanted]

    assert hits, f"no sentence of the draft names exactly {sorted(wanted)}"
    before = [s.split("[")[0].casefold() for s in hits]
    assert any(re.search(rf"\b({'|'.join(spelled)})\b", text) for text in before), hits


def test_the_respondents_stand_in_the_draft_in_full(sentences: list[str]) -> None:
    row = next(row for row in golden_rows("lists.csv") if row["list"] == "P5")
    entities = CODEBOOK["entities"]

    sentence = next(s for s in sentences if "responses were received" in s)

    assert "following 30 United Nations entities" in sentence
    names = re.split(r"; (?:and )?", sentence.partition(": ")[2].rstrip("."))
    assert len(names) == 30
    printed = {re.sub(r" \([A-Z-]+\)$", "", name) for name in names}
    assert printed == {entities.label(code) for code in row["members"].split("; ")}


def test_the_lists_come_from_the_workbook(demo: Path) -> None:
    checklist = table(demo / "review.xlsx", "Checklist")
    yes = checklist[checklist["Answer"] == "yes"].groupby("Question No.")["Entity"].apply(set)

    listed = {row["question"]: set(row["members"].split("; ")) for row in LISTS}

    assert {question: yes[question] for question in listed} == listed


def test_order_breaks_no_rule_of_the_alphabet(sentences: list[str]) -> None:
    sentence = next(s for s in sentences if s.startswith("Thirteen entities"))

    note = sentence.partition("[")[2].partition("]")[0].strip()

    assert note.startswith("The Department of Political Affairs, the Department of Peacekeeping")
    assert note.endswith("UNFPA, UNHCR, UNICEF, UNIFEM and WFP.")
