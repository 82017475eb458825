"""Measures a press of Validate on one return, as a ratio to importing xlwings and pandera.

    python bench/press.py

The test engine stands in for Excel; what it takes itself to open the return is taken off.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from run import measure

TESTS = Path(__file__).parents[1] / "tests"
LIMIT = 1.5
RUNS = 9
# pandera imports hypothesis where it is installed; the add-in's environment has none.
ALONE = "import sys; sys.modules['hypothesis'] = None"
IMPORTS = f"{ALONE}; import xlwings, pandera.pandas"
XLWINGS = f"{ALONE}; import xlwings"
OPEN = f"""
{ALONE}
import pathlib
sys.path.insert(0, {str(TESTS)!r})
from hosts.excel_engine import open_in_excel
open_in_excel(pathlib.Path(sys.argv[1]))
"""
PRESS = f"""{OPEN}
from wps_xl import __version__, ribbon
ribbon.run("validate", __version__)
"""


def one_return(folder: Path) -> Path:
    """A filled return of the demonstration."""
    from wps_xl.codebook import load
    from wps_xl.sample import load_sample
    from wps_xl.sheets.forms.writer import file_name, write_form

    request = load_sample(load()).requests[0]
    path = folder / file_name(request)
    write_form(request, path)
    return path


def least(*programs: tuple[str, ...]) -> list[float]:
    """The CPU seconds of each program, the least of many runs taken in turn: small differences
    drown in what else the computer does."""
    rounds = [[measure(*program).cpu for program in programs] for _ in range(RUNS)]
    return [min(found) for found in zip(*rounds, strict=True)]


def main() -> None:
    """Print the ratio; exit status 1 where it is over the limit."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(one_return(Path(folder)))
        imports, xlwings, opened, pressed = least(
            (IMPORTS,), (XLWINGS,), (OPEN, path), (PRESS, path)
        )
    engine = opened - xlwings
    press = pressed - engine
    ratio = press / imports
    print(f"start to validated: {ratio:.2f} times the imports (at most {LIMIT})")
    print(f"imports {imports:.2f} s, press {press:.2f} s, test engine {engine:.2f} s taken off")
    sys.exit(ratio > LIMIT)


if __name__ == "__main__":
    main()
