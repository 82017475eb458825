"""Runs that are killed: whatever the moment, the next run finds one whole state or completes it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

import docx
import pytest
from demonstrations import COVER, MOMENT, short_lists
from desk.hosts.moments import KILLS, Content, States, content, lay
from rows import rows_in
from workbooks import run, table

from wps_xl.desk.commands.issuing import new_review
from wps_xl.desk.commands.store import with_rows
from wps_xl.desk.hosts.files import FilesHost
from wps_xl.forms.definitions import forms
from wps_xl.sheets.forms.writer import Request, file_name, write_form

ENTITIES = ("DESA", "UNDP", "WFP")
BOOK, DRAFT, UPDATED = "review.xlsx", "council_report.docx", "updated.docx"
VERBS = {
    "consolidate": ("consolidate", "returns", "--workbook", BOOK),
    "report": ("report", BOOK, "--out", DRAFT),
    "update": ("report", BOOK, "--update", DRAFT, "--out", UPDATED),
    "letters": ("letters", "letters", "--workbook", BOOK),
}
FILES = ("returns", "letters", BOOK, DRAFT, UPDATED)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of three entities with the return of one, its draft, and a return not read yet."""
    folder = tmp_path_factory.mktemp("kills")
    codebook = short_lists()
    review = new_review(codebook, next(iter(codebook["cycles"])))
    lines = [line for line in rows_in(review, "Register") if line["Form"] == "progress"]
    lines = [line for line in lines if line["Entity"] in ENTITIES]
    FilesHost().write(with_rows(review, "Register", lines), folder / BOOK, MOMENT)
    (folder / "returns").mkdir()
    for entity in ENTITIES[:2]:
        done = {"activity_id": "A-1", "area": "A", "role": "lead"}
        done["activity"] = f"Women who monitor early warnings were trained by {entity}."
        asked = Request(
            forms(codebook)["progress"],
            entity,
            review.cycle,
            codebook,
            cover=COVER,
            rows={"Progress": [done]},
        )
        write_form(asked, folder / "returns" / file_name(asked))
        if entity == ENTITIES[0]:
            call(folder, "consolidate")
    call(folder, "report")
    shutil.rmtree(folder / "backups")
    return folder


def call(folder: Path, verb: str) -> None:
    words = (folder / word if word in FILES else word for word in VERBS[verb][1:])
    result = run(VERBS[verb][0], *words)
    assert result.exit_code < 2, result.output


def of_the_office(state: Content) -> dict[str, bytes | None]:
    """What people see: nothing that a run leaves for the next one, and no backup."""
    return {name: found for name, found in state.items() if Path(name).parts[0] in FILES}


def leftovers(state: Content) -> list[str]:
    return [name for name in state if Path(name).name.startswith(".")]


@pytest.mark.parametrize("verb", VERBS)
def test_whenever_a_run_is_killed_the_next_one_finds_or_makes_one_whole_state(
    verb: str, made: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "work"))
    states = States(folder, lambda: call(folder, verb))
    old, new = of_the_office(states.before), of_the_office(states.after)
    kills = list(states)
    place = tmp_path / "killed"

    for state in kills:
        assert state[BOOK] in (old[BOOK], new[BOOK])
        FilesHost().ready(lay(state, place) / BOOK)
        found = of_the_office(content(place))
        # An empty folder for letters is no letter.
        assert {**found, "letters": None} in ({**old, "letters": None}, {**new, "letters": None})
        assert (found[BOOK] == new[BOOK]) == (state[BOOK] == new[BOOK])

    assert len(kills) >= KILLS
    assert all(Path(name).suffix in (".tmp", ".lock") for name in states.opened)
    assert leftovers(states.after) == []
    worst = max((s for s in kills if s[BOOK] == old[BOOK]), key=lambda s: len(leftovers(s)))
    call(lay(worst, place), verb)
    assert content(place).keys() == states.after.keys()
    for end in (folder, place):
        agrees(end, verb)


def agrees(folder: Path, verb: str) -> None:
    """Workbook, documents and Register tell the same, each thing once."""
    log = table(folder / BOOK, "Log")
    assert log["Command"].tolist()[2:] == [VERBS[verb][0]]
    rows = table(folder / BOOK, "Progress")["Entity"].tolist()
    assert rows == list(ENTITIES[: 2 if verb == "consolidate" else 1])
    letters = [path.stem for path in sorted(folder.glob("letters/*"))]
    told = table(folder / BOOK, "Register").dropna(subset="Letters")
    asked = zip(told["Entity"], told["Letters"], strict=True)
    kinds = [(entity, *letter.split()) for entity, letter in asked]
    cycle = letters[0].split("_")[0] if letters else ""
    assert letters == sorted(f"{cycle}_{kind}_{entity}_{day}" for entity, kind, day in kinds)
    assert (len(letters) > 1) == (verb == "letters")
    draft = folder / (UPDATED if verb == "update" else DRAFT)
    said = log[log["Command"] == "report"].iloc[-1]
    written = docx.Document(str(draft)).core_properties.modified
    assert written is not None
    assert written.replace(tzinfo=None) == said["When"]
    assert said["Outcome"].startswith(draft.name)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_a_run_that_is_killed_outright_leaves_the_old_workbook_or_the_new_one(
    made: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "work"))
    ends = []

    for part in (0.3, 0.9):
        old = (folder / BOOK).read_bytes()
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                call(folder, "letters")
            os._exit(0)
        time.sleep(part)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = table(folder / BOOK, "Log")["Command"].tolist()
        ends.append((folder / BOOK).read_bytes() == old or lines.count("letters") == 1)
    call(folder, "letters")

    assert ends == [True, True]
    assert len(list(folder.glob("letters/*.docx"))) > 1
    assert leftovers(content(folder)) == []
