from __future__ import annotations

import datetime as dt
import hashlib
import os
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from intake.hostile import (
    BOOK,
    HELLO,
    ODD_FILES,
    cell,
    packed,
    parts,
    sheet,
    workbook,
    write_odd_files,
)
from intake.weighing import Timed, weighed

from wps_xl.intake.open import read_books, workbooks_in
from wps_xl.model import Book, Unreadable
from wps_xl.office.reading.process import MEMORY, SECONDS_PER_BOOK, Reader

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "files"


def book(path: Path) -> Book:
    """The workbook at ``path``, which must be one."""
    read = next(read_books([path]))
    assert isinstance(read, Book), read
    return read


def written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def weighed_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapping[str, Timed], int]:
    """All odd files, read in one go with a good file behind each.

    They are read by a small process of their own: a child counts what its parent held at its start.
    """
    folder = tmp_path_factory.mktemp("odd")
    good = written(folder / "good.xlsx", workbook())
    paths: list[Path] = []
    for path in write_odd_files(folder):
        paths += [path, written(folder / f"good after {path.name}", good.read_bytes())]
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        return process.submit(weighed, paths).result()


@pytest.fixture(scope="module")
def odd(weighed_files: tuple[Mapping[str, Timed], int]) -> Mapping[str, Timed]:
    return weighed_files[0]


@pytest.mark.parametrize("name", ODD_FILES)
def test_an_odd_file_is_read_or_refused_in_words(odd: Mapping[str, Timed], name: str) -> None:
    read, code = odd[name].read, ODD_FILES[name][1]

    assert (BOOK if isinstance(read, Book) else read.code) == code
    assert isinstance(read, Book) or read.reason.startswith(f"{name} ")


@pytest.mark.parametrize("name", [name for name in ODD_FILES if not name.endswith("xlsm")])
def test_the_good_file_behind_an_odd_one_is_read(odd: Mapping[str, Timed], name: str) -> None:
    read = odd[f"good after {name}"].read

    assert isinstance(read, Book)
    assert read.grids["Data"].rows == (("hello",),)


def test_no_odd_file_takes_longer_than_a_book_may(odd: Mapping[str, Timed]) -> None:
    slow = [name for name, entry in odd.items() if entry.seconds > SECONDS_PER_BOOK]

    assert slow == []


def test_no_odd_file_takes_more_memory_than_a_book_may(
    weighed_files: tuple[Mapping[str, Timed], int],
) -> None:
    assert weighed_files[1] <= MEMORY


def test_values_far_away_keep_their_addresses(odd: Mapping[str, Timed]) -> None:
    far = odd["far cell.xlsx"].read
    last = odd["value in the last row.xlsx"].read

    assert isinstance(far, Book)
    assert isinstance(last, Book)
    assert far.grids["Data"].value(1, 1) == "hello"
    assert far.grids["Data"].value(1_048_576, 16_384) == 7
    assert last.grids["Data"].value(1_048_576, 1) == 7


def test_rows_that_only_have_a_format_are_not_there(odd: Mapping[str, Timed]) -> None:
    for name in ("a million formatted rows.xlsx", "a million hidden rows.xlsx"):
        read = odd[name].read
        assert isinstance(read, Book)
        assert read.grids["Data"].rows == (("hello",),)
        assert read.grids["Data"].hidden_rows == frozenset()


def test_a_file_that_kills_the_fast_reader_is_read_by_the_other(odd: Mapping[str, Timed]) -> None:
    read = odd["lying count of texts.xlsx"].read

    assert isinstance(read, Book)
    assert read.grids["Data"].rows == (("hello",),)


def test_books_come_in_the_order_given_with_what_identifies_them(tmp_path: Path) -> None:
    paths = [written(tmp_path / name, workbook()) for name in ("b.xlsx", "a.xlsx", "c.xlsx")]

    books = list(read_books(paths))

    assert [read.path for read in books] == paths
    assert {read.sha256 for read in books if isinstance(read, Book)} == {
        hashlib.sha256(workbook()).hexdigest()
    }


def test_names_with_spaces_and_letters_of_any_script_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "Réponse 2007 – женщины" / "取組 (final) & 'co'.xlsx", workbook())

    assert book(path).name == path.name


def test_the_date_of_the_file_stands_in_for_a_missing_one(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", workbook())
    os.utime(path, (0, dt.datetime(2007, 3, 8, 12, tzinfo=dt.UTC).timestamp()))

    assert book(path).modified == dt.datetime(2007, 3, 8, 12)


def test_a_sheet_may_have_quotes_in_its_name(tmp_path: Path) -> None:
    named = parts({"O'Brien &quot;&amp;&quot; Co": sheet(HELLO), "'quoted'": sheet(HELLO)})
    path = written(tmp_path / "a.xlsx", packed(named))

    assert list(book(path).grids) == ['O\'Brien "&" Co', "'quoted'"]


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()

    codes = [
        (read.path.name, read.code)
        for read in read_books([tmp_path / "gone.xlsx", tmp_path / "folder.xlsx"])
        if isinstance(read, Unreadable)
    ]

    assert codes == [("gone.xlsx", "not-readable"), ("folder.xlsx", "not-readable")]


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is denied to the administrator"
)
def test_a_file_without_permission_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", workbook())
    path.chmod(0)

    read = next(read_books([path]))

    assert isinstance(read, Unreadable)
    assert read.code == "not-readable"


def test_a_book_that_takes_too_long_is_left_and_the_next_is_read(tmp_path: Path) -> None:
    slow = written(tmp_path / "slow.xlsx", workbook(HELLO + cell("XFD1048576", "1")))
    good = written(tmp_path / "good.xlsx", workbook())

    late, fine = read_books([slow, good], seconds_per_book=0.15)

    assert isinstance(late, Unreadable)
    assert late.code == "timeout"
    assert late.reason.startswith("slow.xlsx could not be read within 0.15 seconds.")
    assert isinstance(fine, Book)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_a_book_that_needs_too_much_memory_is_left_and_the_next_is_read(tmp_path: Path) -> None:
    text = "x" * (40 << 20)
    large = written(tmp_path / "large.xlsx", workbook(cell("A1", text, 't="str"'), level=0))
    good = written(tmp_path / "good.xlsx", workbook())

    left, fine = read_books([large, good], memory=130 << 20)

    assert isinstance(left, Unreadable)
    assert left.code == "too-large"
    assert isinstance(fine, Book)


def test_folders_are_searched_and_sorted_by_name(tmp_path: Path) -> None:
    for name in ("b.xlsx", "A.xlsx", "Sub/c.XLSM", ".hidden/d.xlsx", ".e.xlsx"):
        written(tmp_path / name, workbook())
    written(tmp_path / "notes.docx", b"notes")

    workbooks, told = workbooks_in([tmp_path])

    assert [path.name for path in workbooks] == ["A.xlsx", "b.xlsx", "c.XLSM"]
    assert [(file.path.name, file.code) for file in told] == [("notes.docx", "other-file")]


def test_a_book_named_twice_is_read_once(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", workbook())

    workbooks, _ = workbooks_in([path, tmp_path, path])

    assert workbooks == [path]


def test_lock_files_and_old_formats_are_named(tmp_path: Path) -> None:
    for name in (
        "~$unifem.xlsx",
        "~$draft.docx",
        "unifem.xlsx",
        "a.xls",
        "b.xlsb",
        "c.ods",
        "d.CSV",
        "e.txt",
    ):
        written(tmp_path / name, b"x")

    workbooks, told = workbooks_in([tmp_path])

    assert [path.name for path in workbooks] == ["unifem.xlsx"]
    assert [(file.path.name, file.code) for file in told] == [
        ("a.xls", "old-format"),
        ("b.xlsb", "old-format"),
        ("c.ods", "old-format"),
        ("d.CSV", "old-format"),
        ("e.txt", "other-file"),
        ("~$unifem.xlsx", "lock-file"),
    ]
    assert told[-1].reason == (
        "~$unifem.xlsx shows that somebody has unifem.xlsx open. What they have not saved is not "
        "in it. Ask them to save and close it, then try again."
    )


def test_what_is_named_by_mistake_is_told(tmp_path: Path) -> None:
    word = written(tmp_path / "draft.docx", b"x")
    bare = written(tmp_path / "README", b"x")

    workbooks, told = workbooks_in([word, bare, tmp_path / "gone.xlsx", tmp_path / "gone"])

    assert workbooks == []
    assert [file.code for file in told] == [
        "not-a-workbook",
        "not-a-workbook",
        "not-readable",
        "not-readable",
    ]


@pytest.mark.skipif(
    not CORPUS.exists() and os.environ.get("CI") != "true", reason="the corpus is not here"
)
def test_every_file_of_the_corpus_ends_in_time_with_a_living_child() -> None:
    paths = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    children: set[int | None] = set()
    slow: list[str] = []
    with Reader() as reader:
        for path in paths:
            before = time.monotonic()
            read = reader.read(path)
            if time.monotonic() - before > SECONDS_PER_BOOK:
                slow.append(path.name)
            assert isinstance(read, Book) or path.name in read.reason
            children.add(reader.pid)

    assert len(paths) == 115
    assert slow == []
    assert len(children) == 1
