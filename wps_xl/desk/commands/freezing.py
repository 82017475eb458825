"""The verb ``snapshot``: the workbook as it is today, frozen under a name (paras. 40–49)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from wps_xl.desk.commands import Outcome, Progress
from wps_xl.desk.commands.store import host_of, logged, now
from wps_xl.desk.hosts.frozen import MARK, snapshot_mark
from wps_xl.desk.hosts.locks import refuse_if_open
from wps_xl.desk.hosts.together import Document
from wps_xl.errors import InputError

_ENDING = re.compile(r"[^\w.-]+")
LONGEST_NAME = 60
UNNAMED = "snapshot"


def snapshot(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """A dated copy that opens read-only and says on Start which one it is.

    The workbook itself gets a line in its Log. ``consolidate --compare`` reads the copy.
    """
    from wps_xl.sheets.review.writer import snapshot_bytes

    workbook, name = options["workbook"], (options.get("name") or "").strip()
    host = host_of(options)
    host.ready(workbook)
    moment = now()
    target = _target(workbook, name, f"{moment:%Y-%m-%d}")
    refuse_if_open(target)
    # The copy is made of the file, with all that staff have typed.
    host.save(workbook)
    review = host.read(workbook)
    mark = snapshot_mark(name, f"{moment:%Y-%m-%d}", "")
    known = snapshot_mark(name, f"{moment:%Y-%m-%d}", review.text(MARK))
    frozen = replace(review, settings={**review.settings, MARK: known})
    log = f"{mark}: {target.name}."
    content = snapshot_bytes(logged(frozen, "snapshot", log, moment), workbook, moment)
    copy = Document(target, content, frozen=True)
    host.write(logged(review, "snapshot", log, moment), workbook, moment, [copy])
    return Outcome(
        [
            f"Wrote {target}. It opens read-only and is not changed any more.",
        ],
        advice=["Compare with it later: wps-xl consolidate … --compare."],
    )


def _target(workbook: Path, name: str, day: str) -> Path:
    word = _ENDING.sub("-", name or UNNAMED).strip("-.")
    if not word or len(word) > LONGEST_NAME:
        raise InputError(f"'{name}' cannot be part of a file name. Choose a short word or two.")
    target = workbook.with_name(f"{workbook.stem}_{word}_{day}{workbook.suffix}")
    if target.exists():
        raise InputError(f"{target.name} exists already. Choose another name.")
    return target
