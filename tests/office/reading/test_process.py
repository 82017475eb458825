from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from intake.hostile import HELLO, cell, lying_count, workbook

from wps_xl.errors import WpsError
from wps_xl.intake import open as opening
from wps_xl.intake.open import read_books
from wps_xl.model import Book, Unreadable
from wps_xl.office.reading.process import Reader
from wps_xl.office.reading.unreadable import REASONS


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_child_killed_while_idle_is_replaced(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", workbook())
    with Reader() as reader:
        reader.read(path)
        killed = kill(reader)

        again = reader.read(path)

        assert isinstance(again, Book)
        assert reader.pid != killed


def test_a_child_killed_in_the_middle_of_a_book_is_replaced(tmp_path: Path) -> None:
    slow = written(tmp_path / "slow.xlsx", workbook(HELLO + cell("XFD1048576", "1")))
    good = written(tmp_path / "good.xlsx", workbook())
    with Reader() as reader:
        reader.read(good)
        killed = reader.pid
        threading.Timer(0.1, kill, [reader]).start()

        read = reader.read(slow)

        assert reader.pid != killed
        assert isinstance(read, Book)
        assert isinstance(reader.read(good), Book)


def kill(reader: Reader) -> int:
    """Kill the child of ``reader`` from outside, as the system might; returns its process id."""
    pid = reader.pid
    assert pid is not None
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/PID", str(pid)], check=True, capture_output=True)
    else:
        os.kill(pid, 9)
    time.sleep(0.05)
    return pid


# Programs that stand in for the child: each says that it is ready, then fails in its own way.
READY = "import sys, time; out = sys.stdout.buffer; out.write((1).to_bytes(8, 'big') + b'x'); "
FAILING = {
    "writes half a message": "out.write((99).to_bytes(8, 'big') + b'half'); out.flush(); ",
    "writes half a length": "out.write(b'half'); out.flush(); ",
    "writes nothing": "out.flush(); ",
}


@pytest.mark.parametrize("fault", FAILING)
def test_the_parent_does_not_wait_for_a_child_that(fault: str, tmp_path: Path) -> None:
    program = READY + FAILING[fault] + "time.sleep(60)"
    started = time.monotonic()
    with Reader(command=[sys.executable, "-c", program]) as reader:
        read = reader.read(tmp_path / "a.xlsx", seconds=0.5)

    assert isinstance(read, Unreadable)
    assert read.code == "timeout"
    assert time.monotonic() - started < 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no work of a process")
def test_a_book_may_wait_for_longer_than_it_may_be_worked_on(tmp_path: Path) -> None:
    answer = (
        "import pickle; from wps_xl.office.reading.unreadable import unreadable; "
        "from pathlib import Path; "
        "said = pickle.dumps(unreadable(Path('a.xlsx'), 'cut')); out.flush(); time.sleep(0.6); "
        "out.write(len(said).to_bytes(8, 'big') + said); out.flush(); time.sleep(60)"
    )
    with Reader(command=[sys.executable, "-c", READY + answer]) as reader:
        waited = reader.read(tmp_path / "a.xlsx", seconds=0.2)
    heavy = written(tmp_path / "b.xlsx", workbook(HELLO + cell("XFD1048576", "1")))
    with Reader() as reader:
        worked = reader.read(heavy, seconds=0.02)

    assert isinstance(waited, Unreadable)
    assert isinstance(worked, Unreadable)
    assert (waited.code, worked.code) == ("damaged", "timeout")


def test_a_file_that_no_reader_survives_is_damaged(tmp_path: Path) -> None:
    program = READY + "out.flush(); sys.stdin.buffer.read(9)"
    with Reader(command=[sys.executable, "-c", program]) as reader:
        read = reader.read(tmp_path / "a.xlsx", seconds=10)

    assert isinstance(read, Unreadable)
    assert read.code == "damaged"
    assert read.reason == REASONS["stopped"][1].format(book="a.xlsx")


def test_a_child_that_cannot_start_stops_the_command_in_words(tmp_path: Path) -> None:
    program = "raise ImportError('DLL load failed')"
    with (
        pytest.raises(WpsError, match=r"did not start \(ImportError: DLL load failed\)"),
        Reader(command=[sys.executable, "-c", program]) as reader,
    ):
        reader.read(tmp_path / "a.xlsx")


def test_a_python_that_is_not_there_stops_the_command_in_words(tmp_path: Path) -> None:
    with (
        pytest.raises(WpsError, match=r"did not start \(.+\)\. Install the add-in again"),
        Reader(command=[str(tmp_path / "no-python")]) as reader,
    ):
        reader.read(tmp_path / "a.xlsx")


def test_no_child_is_left_when_reading_stops_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not the reader that tests keep.
    monkeypatch.setattr(opening, "Reader", Reader)
    paths = [written(tmp_path / name, workbook()) for name in ("a.xlsx", "b.xlsx")]
    reading: Iterator[Book | Unreadable] = read_books(paths)
    next(reading)
    threads = threading.active_count()

    del reading

    assert threading.active_count() == threads - 1


def test_the_child_stays_light() -> None:
    heavy = "'numpy', 'pandas', 'pandera', 'lxml', 'openpyxl', 'xlwings', 'docx'"
    program = (
        "import sys; import wps_xl.office.reading.child; "
        f"print([m for m in ({heavy}) if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_modules_lying_in_the_current_folder_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "a.xlsx", workbook())
    written(tmp_path / "pickle.py", b"raise SystemExit('run from the folder of the returns')")
    monkeypatch.chdir(tmp_path)

    with Reader() as reader:
        assert isinstance(reader.read(path), Book)


def test_lying_counts_do_not_reach_the_parent(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", lying_count())
    with Reader() as reader:
        reader.read(written(tmp_path / "good.xlsx", workbook()))
        before = reader.pid

        read = reader.read(path)

        assert isinstance(read, Book)
        assert reader.pid != before
