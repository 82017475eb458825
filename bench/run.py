"""Measures validate and consolidate as ratios against the bare read of the same files.

    python bench/run.py [ROWS]      200 rows in each large sheet of 60 returns, unless told

Each thing runs in a process of its own; CPU seconds are those of the process and its children
(user + system), memory is that of the largest process. Linux and macOS.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FAULTS = 1000
BLANK = 1_000_000
BARE = """
import sys, pathlib
from python_calamine import CalamineWorkbook
for path in sorted(pathlib.Path(sys.argv[1]).glob('*.xlsx')):
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)
"""
IMPORTS = "import pandera.pandas"
PEER = "import sys, peer, pathlib; peer.main(pathlib.Path(sys.argv[1]))"
PANDAS = """
import sys, pathlib, pandas_consolidation
pandas_consolidation.main(*map(pathlib.Path, sys.argv[1:]))
"""
CLI = "import sys; from wps_xl.cli import main; main(sys.argv[1:])"


@dataclass(frozen=True)
class Cost:
    """What a process and its children took: CPU [s] and memory of the largest [MiB]."""

    cpu: float
    memory: float


def measure(code: str, *words: str) -> Cost:
    """Run Python code in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(HERE)},
    )
    _, _, usage = os.wait4(process.pid, 0)
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**20)


def median(code: str, *words: str, runs: int = 3) -> Cost:
    """The middle one of several runs by CPU."""
    return sorted((measure(code, *words) for _ in range(runs)), key=lambda cost: cost.cpu)[
        runs // 2
    ]


def compare_with_peer(place: Path, rows: int) -> None:
    """1,000 faults: all our rules against types and lists alone with pandera, pandas, calamine."""
    folder = place / "faulty"
    words = [sys.executable, HERE / "returns.py", folder, str(rows), str(FAULTS)]
    subprocess.run(words, check=True)
    ours, peer = median(CLI, "validate", str(folder)), median(PEER, str(folder))
    print(f"{FAULTS:,} faults: validate {ours.cpu:.2f} s CPU {ours.memory:.0f} MiB", end=", ")
    print(f"pandera + pandas + calamine {peer.cpu:.2f} s CPU {peer.memory:.0f} MiB")


def compare_with_copies(place: Path) -> None:
    """A faulty return with a million formatted blank rows: its copy against its check."""
    folder = place / "blank"
    words = [sys.executable, HERE / "blank_rows.py", place / "faulty", folder, str(BLANK)]
    subprocess.run(words, check=True)
    check = median(CLI, "validate", str(folder))
    copy = median(CLI, "validate", str(folder), "--annotate", str(place / "copies"))
    print(
        f"{BLANK:,} blank rows: validate {check.cpu:.2f} s CPU {check.memory:.0f} MiB, with a copy "
        f"{copy.cpu / check.cpu:.1f} x the time and {copy.memory / check.memory:.1f} x the memory"
    )


def main(rows: int) -> None:
    """Make the returns, measure, print."""
    with tempfile.TemporaryDirectory() as place:
        folder, workbook = Path(place) / "returns", Path(place) / "review.xlsx"
        subprocess.run([sys.executable, HERE / "returns.py", folder, str(rows)], check=True)
        cycle = next(folder.iterdir()).name.partition("_")[0]
        files = len(list(folder.iterdir()))
        print(f"{files} returns, {rows} rows in each of five sheets")
        bare, imports = median(BARE, str(folder)), median(IMPORTS)
        check = median(CLI, "validate", str(folder))
        measure(CLI, "new", str(workbook), "--cycle", cycle)
        gather = median(CLI, "consolidate", str(folder), "--workbook", str(workbook), runs=1)
        print(f"bare read     {bare.cpu:6.2f} s CPU {bare.memory:5.0f} MiB")
        print(f"import pandera{imports.cpu:6.2f} s CPU {imports.memory:5.0f} MiB")
        for name, cost in (("validate", check), ("consolidate", gather)):
            ratio = (cost.cpu - imports.cpu) / bare.cpu
            print(
                f"{name:14}{cost.cpu:6.2f} s CPU {cost.memory:5.0f} MiB = {ratio:.1f} x the bare "
                "read + the import of pandera"
            )
        desk = median(PANDAS, str(folder), str(Path(place) / "pandas.xlsx"))
        print(
            f"consolidate {gather.cpu:.2f} s CPU {gather.memory:.0f} MiB = "
            f"{gather.cpu / desk.cpu:.2f} x pandas concat + merge + pivot + openpyxl "
            f"({desk.cpu:.2f} s CPU {desk.memory:.0f} MiB)"
        )
        compare_with_peer(Path(place), rows)
        compare_with_copies(Path(place))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
