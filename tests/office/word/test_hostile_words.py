"""Word files that anybody may have made end in a sentence, whichever verb is to open them."""

from __future__ import annotations

import re
import shutil
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import demonstrations
import pytest
from demonstrations import of_a_few
from office.word.hostile_words import READ, REFUSED, file_of
from office.word.weighing import VERBS, Weighed, ended

ODD = "odd but read"
SECONDS, MEMORY = 10.0, 500 << 20


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workbook and its draft."""
    made = tmp_path_factory.mktemp("hostile")
    shutil.copytree(demonstrations.once(tmp_path_factory, "few", of_a_few), made / "few")
    return made / "few"


@pytest.fixture(scope="module")
def weighed(places: Path) -> Weighed:
    """Every kind with every verb, by a small process of its own, whose memory nobody else took."""
    with zipfile.ZipFile(places / "council_report.docx") as file:
        parts = {name: file.read(name) for name in file.namelist()}
    odd = parts
    for edit in READ.values():
        odd = edit(odd)
    made = {name: make(parts) for name, (make, _) in REFUSED.items()}
    drafts = []
    for name, content in {**made, ODD: odd}.items():
        drafts.append(places / f"{name}.docx")
        drafts[-1].write_bytes(file_of(content))
    drafts += [places / "gone.docx", places / "folder.docx"]
    drafts[-1].mkdir()
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        return process.submit(ended, places, drafts).result()


def test_every_hostile_file_is_refused_in_a_sentence_by_every_verb(
    places: Path, weighed: Weighed
) -> None:
    wanted = {name: said for name, (_, said) in REFUSED.items()}
    wanted |= {"gone": "There is no file", "folder": "is not a file"}
    wrong = [
        (name, verb, end)
        for name, said in wanted.items()
        for verb in VERBS
        for end in [weighed[0][name, verb]]
        if end.status != 2
        or end.wrote
        or not re.search(said, end.said)
        or f"{name}.docx" not in end.said
        or len(end.said.strip().splitlines()) != 1
    ]

    assert wrong == []
    assert len(wanted) > 50


def test_what_is_odd_and_no_harm_is_read_by_every_verb(weighed: Weighed) -> None:
    ends = [weighed[0][ODD, verb] for verb in VERBS]

    assert [end.status for end in ends] == [1, 0, 2]
    assert "holds 21 yellow paragraphs" in ends[-1].said
    assert [end.wrote for end in ends] == [False, True, False]


def test_no_verb_takes_longer_or_more_memory_than_a_file_may(weighed: Weighed) -> None:
    slow = {name: end.seconds for name, end in weighed[0].items() if end.seconds > SECONDS}

    assert slow == {}
    assert weighed[1] <= MEMORY
