"""The verb ``snapshot``: the workbook as it is today, frozen under a name (paras. 40–49)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from wps_xl.commands import Outcome, Progress
from wps_xl.commands.store import host_of, logged, now
from wps_xl.errors import InputError
from wps_xl.hosts.files import refuse_if_open

_ENDING = re.compile(r"[^\w.-]+")
LONGEST_NAME = 60
UNNAMED = "snapshot"


def snapshot(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """A dated copy that opens read-only and says on Start which one it is.

    The workbook itself gets a line in its Log. ``consolidate --compare`` reads the copy.
    """
    from wps_xl.sheets.review.writer import write_snapshot

    workbook, name = options["workbook"], (options.get("name") or "").strip()
    host = host_of(options)
    host.ready(workbook)
    review = host.read(workbook)
    moment = now()
    target = _target(workbook, name, f"{moment:%Y-%m-%d}")
    refuse_if_open(target)
    mark = " ".join(["Snapshot", *([name] if name else []), f"of {moment:%Y-%m-%d}"])
    known = review.text("mark")
    frozen = replace(
        review, settings={**review.settings, "mark": f"{known}. {mark}" if known else mark}
    )
    log = f"{mark}: {target.name}."
    write_snapshot(logged(frozen, "snapshot", log, moment), workbook, target, moment)
    host.write(logged(review, "snapshot", log, moment), workbook, moment)
    return Outcome(
        [
            f"Wrote {target}. It opens read-only and is not changed any more.",
            "Compare with it later: wps-xl consolidate … --compare.",
        ]
    )


def _target(workbook: Path, name: str, day: str) -> Path:
    word = _ENDING.sub("-", name or UNNAMED).strip("-.")
    if not word or len(word) > LONGEST_NAME:
        raise InputError(f"'{name}' cannot be part of a file name. Choose a short word or two.")
    target = workbook.with_name(f"{workbook.stem}_{word}_{day}{workbook.suffix}")
    if target.exists():
        raise InputError(f"{target.name} exists already. Choose another name.")
    return target
