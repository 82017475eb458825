"""Prints the score table: ``python -m faults.score [SEED]`` in ``tests``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from faults.run import run, table


def main(seed: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        scores = run(Path(place), seed)
    print(table(scores))
    for score in scores:
        for other in score.others:
            print(f"{score.fault.name}: {other}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1325)
