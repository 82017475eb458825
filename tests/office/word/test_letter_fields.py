"""Fields of a letter are filled wherever staff put them in Word, whatever Word made of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest

from wps_xl.errors import OutputError
from wps_xl.office.word.letter import write

FIELDS = {"name": ["Ana"], "forms": ["plan", "report"], "none": [], "asked": ["[who?]"]}


def letter(folder: Path, *paragraphs: Sequence[str]) -> Path:
    """A template whose paragraphs are made of these runs."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for at, text in enumerate(runs):
            paragraph.add_run(text).bold = at == 1
    path = folder / "template.docx"
    document.save(str(path))
    return path


def filled(folder: Path, *paragraphs: Sequence[str]) -> list[list[tuple[str, bool]]]:
    """The runs of each paragraph of the letter: what they say and whether they are bold."""
    target = folder / "letter.docx"
    write(letter(folder, *paragraphs), target, FIELDS, ["asked"], {})
    return [
        [(run.text, bool(run.bold)) for run in paragraph.runs]
        for paragraph in docx.Document(str(target)).paragraphs
    ]


def test_a_field_inside_a_sentence_takes_the_look_of_its_place(tmp_path: Path) -> None:
    (found,) = filled(tmp_path, ["Dear ", "{{name}}, ", "welcome"])

    assert found == [("Dear ", False), ("Ana", True), (", ", True), ("welcome", False)]


def test_a_field_that_word_cut_into_runs_is_filled(tmp_path: Path) -> None:
    (found,) = filled(tmp_path, ["To {", "{ na", "me }}, twice {{name}}"])

    assert "".join(text for text, _ in found) == "To Ana, twice Ana"


def test_a_field_alone_stands_once_for_each_value_and_not_at_all_without(tmp_path: Path) -> None:
    found = filled(tmp_path, ["{{forms}}"], ["{{none}}"], ["end"])

    assert [runs[0][0] for runs in found] == ["plan", "report", "end"]


def test_several_values_inside_a_sentence_are_joined(tmp_path: Path) -> None:
    (found,) = filled(tmp_path, ["About {{forms}}."])

    assert "".join(text for text, _ in found) == "About plan; report."


def test_only_the_field_that_asks_somebody_is_highlighted(tmp_path: Path) -> None:
    filled(tmp_path, ["Signed by ", "{{asked}} here"])

    (paragraph,) = docx.Document(str(tmp_path / "letter.docx")).paragraphs
    assert [run.text for run in paragraph.runs if run.font.highlight_color] == ["[who?]"]


def test_a_field_that_nothing_fills_stays_and_is_named(tmp_path: Path) -> None:
    template = letter(tmp_path, ["Dear {{nmae}} and {{name}}"], ["{{oops}}"])

    left = write(template, tmp_path / "letter.docx", FIELDS, [], {})

    assert left == ["nmae", "oops"]
    said = [p.text for p in docx.Document(str(tmp_path / "letter.docx")).paragraphs]
    assert said == ["Dear {{nmae}} and Ana", "{{oops}}"]


def test_what_a_value_holds_is_never_filled_again(tmp_path: Path) -> None:
    template = letter(tmp_path, ["{{name}}"], ["x {{name}}"])

    write(template, tmp_path / "letter.docx", {"name": ["{{name}}"]}, [], {})

    said = [p.text for p in docx.Document(str(tmp_path / "letter.docx")).paragraphs]
    assert said == ["{{name}}", "x {{name}}"]


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    target = tmp_path / "letter.docx"
    target.write_bytes(b"edited")

    with pytest.raises(OutputError, match="exists already"):
        write(letter(tmp_path, ["{{name}}"]), target, FIELDS, [], {})

    assert target.read_bytes() == b"edited"
