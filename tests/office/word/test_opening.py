"""The entrance of Word files, and the templates that staff edit."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from office.word.reading import TEMPLATE
from office.word.sample_draft import draft
from office.word.updating import edited, updated, written

from wps_xl import assets
from wps_xl.errors import InputError
from wps_xl.office.word import document, letter, opening
from wps_xl.office.word.fitting import Page

PAGE = assets.path("templates/page.docx")
LETTER = assets.path("templates/letter_request.docx")
OPENERS: dict[str, Callable[[Path], object]] = {
    "report": lambda path: document.compose(draft(), path),
    "page": Page.of,
    "letter": lambda path: letter.write(path, path.with_name("new.docx"), {}, (), {}),
}


@pytest.mark.parametrize("opener", OPENERS)
def test_a_broken_template_is_told_and_where_the_right_one_is(opener: str, tmp_path: Path) -> None:
    broken = tmp_path / "template.docx"
    broken.write_bytes(TEMPLATE.read_bytes()[:-300])

    with pytest.raises(InputError, match=r"template\.docx is cut off.*that was installed"):
        OPENERS[opener](broken)


def drop(kind: str) -> Callable[[Document], None]:
    def edit(word: Document) -> None:
        rels = word.part.rels
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(f"/{kind}")]:
            del rels[key]

    return edit


@pytest.mark.parametrize(
    ("kind", "said"), [("footnotes", "hold footnotes"), ("numbering", "hold numbered paragraphs")]
)
def test_a_document_without_notes_or_lists_is_told(kind: str, said: str, tmp_path: Path) -> None:
    template = edited(Path(shutil.copy(TEMPLATE, tmp_path / "template.docx")), drop(kind))
    drafter = edited(written(draft(), tmp_path / "old.docx"), drop(kind))

    with pytest.raises(InputError, match=rf"template\.docx has nothing to {said}"):
        document.compose(draft(), template)
    with pytest.raises(InputError, match=rf"old\.docx has nothing to {said}"):
        updated(draft(), drafter)


def test_a_file_is_read_anew_when_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    for words in ("one", "two"):
        made = docx.Document()
        made.add_paragraph(words)
        made.save(str(path))

        assert opening.open_word(path).paragraphs[-1].text == words


def test_a_file_is_found_from_the_folder_that_is_current_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.open_word(TEMPLATE)
    docx.Document().save(str(tmp_path / "near.docx"))
    monkeypatch.chdir(tmp_path)

    assert opening.open_word(Path("near.docx"))


def test_one_child_reads_every_file_and_ends_with_the_program(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from wps_xl.office.word import opening; "
        "first = opening.reader(); [opening.open_word(Path(name)) for name in sys.argv[1:]]; "
        "assert opening.reader() is first; print(first.pid)"
    )
    files = [str(path) for path in (TEMPLATE, PAGE, LETTER)]

    done = subprocess.run(
        [sys.executable, "-c", program, *files], capture_output=True, text=True, check=True
    )

    assert done.stderr == ""
    if sys.platform == "linux":
        assert not Path(f"/proc/{done.stdout.strip()}").exists()


def test_measures_that_are_no_numbers_stand_for_the_usual_ones() -> None:
    from wps_xl.office.word.ooxml import whole

    texts = ("12", "-3", "1.5", "2147483648000", "true", "²", "", None)

    assert [whole(text, 7) for text in texts] == [12, -3, 1, 7, 7, 7, 7, 7]


def test_a_chain_of_headings_is_kept_together_in_one_walk() -> None:
    from wps_xl.office.word.pagination import Piece, needs

    chain = [Piece(((10, 0),), keep_next=True)] * 3
    end = Piece(((10, 0), (10, 0), (10, 0), (10, 0)))

    assert needs([*chain, end, end]) == [50, 40, 30, 0, 0]
