"""Whatever three drafts say: accepted is the newest, rejected the first, a second run is none."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from office.word.reading import faults
from office.word.updating import accepted, lines, rejected, updated, written

from wps_xl.model import (
    Block,
    Draft,
    DraftTable,
    Footnote,
    Paragraph,
    Part,
    Reference,
    Section,
    Sentence,
)

WORDS = (
    *("alpha", "beta", "gamma", "12", "34,086", "women,", "UNDP", "“quoted”"),
    *("(a)", "in", "of.", "the"),
)
SECTIONS = ("s0", "s1", "s2", "s3")
KEYS = tuple(f"{section}.p{at}x" for section in SECTIONS for at in range(4))


def words(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))


def any_paragraph(chance: random.Random, key: str) -> Paragraph:
    parts: list[Part] = []
    for _ in range(chance.randint(1, 5)):
        parts.append(words(chance, 6))
        if chance.random() < 0.35:
            note = f"{chance.choice('nmop')}{chance.randint(1, 3)}"
            parts.append(Footnote(note, f"{words(chance, 3)}."))
        elif chance.random() < 0.3:
            parts += [" ", Reference(chance.choice(KEYS))]
        parts.append(" ")
    remark = "Look at this." if chance.random() < 0.2 else ""
    return Paragraph(key, (Sentence(key, tuple(parts), (), (), remark),))


def any_table(chance: random.Random, key: str) -> DraftTable:
    columns = chance.choice((3, 3, 3, 2))
    names = chance.sample(("alpha", "beta", "beta", "gamma", "1", "2", ""), chance.randint(1, 6))
    rows = [(name, *(chance.choice("123") for _ in range(columns - 1))) for name in names]
    heads = ("Area", "Entities", "Money")[:columns]
    notes = tuple(words(chance, 3) for _ in range(chance.randint(0, 2)))
    return DraftTable(key, words(chance, 2), heads, tuple(rows), (), "lrr", notes)


def any_draft(chance: random.Random) -> Draft:
    return Draft({}, tuple(any_sections(chance, SECTIONS)))


def any_sections(chance: random.Random, names: Sequence[str]) -> list[Section]:
    found = []
    for name in names:
        keys = [key for key in KEYS if key.startswith(name) and chance.random() < 0.75]
        blocks: list[Block] = [any_paragraph(chance, key) for key in keys]
        if chance.random() < 0.6:
            blocks.append(any_table(chance, f"{name}.table"))
        title = f"Heading {name}{chance.choice(('', ' more'))}"
        if chance.random() < 0.75:
            found.append(Section(name, title, 1, tuple(blocks)))
    return found


@pytest.mark.parametrize("seed", [1, 4, 29, 40, 50, 70])
def test_two_updates_in_a_row(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    first, second, third = (any_draft(chance) for _ in range(3))
    old = written(first, tmp_path / "old.docx")

    once, _ = updated(second, old, "once.docx")
    twice, _ = updated(third, once, "twice.docx")
    again, _ = updated(third, twice, "again.docx")

    assert lines(accepted(once)) == lines(written(second, tmp_path / "second.docx"))
    assert lines(accepted(twice)) == lines(written(third, tmp_path / "third.docx"))
    assert lines(rejected(once)) == lines(rejected(twice)) == lines(old)
    assert lines(again) == lines(twice)
    lost = "references: REF to unknown"
    assert [fault for fault in faults(twice) if not fault.startswith(lost)] == []
