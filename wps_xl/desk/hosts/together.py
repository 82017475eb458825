"""Documents and the workbook that tells of them: one step, which the next run completes.

Documents lie ready beside their places before the workbook is written, and move there after it. A
list beside the workbook names them until then. Whether a run that was stopped between had written
the workbook is told by its line in the Log.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple

from wps_xl.desk.hosts.locks import held, real, refuse_saved, state
from wps_xl.errors import OutputError, WpsError
from wps_xl.notices import stays
from wps_xl.office.excel import saving
from wps_xl.places import unwritable
from wps_xl.records import Run
from wps_xl.review.workbook import Review

BESIDE = (
    "{name} is there, and not as this run found it; it stays as it is. What was to stand there is "
    "{other} beside it."
)
COMPLETED = "A run of {command} had been stopped; now in place: {names}."
WAITING = (
    "{workbook} is written and tells of {names}, not in place yet: {why} {stands}The next run with "
    "{workbook} puts that right; to give it up, delete {journal} beside it."
)
LEFT_READY = (
    "The workbook is written and tells of {names}, not in place yet: {why} {stands}Until then each "
    "lies there as {ready}: give it its name."
)

_ENDING = ".unfinished"


@dataclass(frozen=True)
class Document:
    """A file that goes with a state of the workbook.

    ``before`` is the state of what it may replace, blank where nothing may stand there.
    """

    target: Path
    content: bytes
    before: str = ""
    frozen: bool = False


@dataclass(frozen=True)
class _Waiting:
    """A document that lies ready: its file, its place, and the line of the Log it belongs to.

    ``unwritten`` is the state of the workbook before; blank where only Excel could tell.
    """

    ready: Path
    target: Path
    before: str
    when: str
    command: str
    unwritten: str


class _Late(NamedTuple):
    item: _Waiting
    why: str


def journal_of(workbook: Path) -> Path:
    """The list of what waits for the workbook to be written."""
    return workbook.with_name(f".{workbook.name}{_ENDING}")


def _workbook_of(journal: Path | None) -> Path | None:
    return journal and journal.with_name(journal.name[1:].removesuffix(_ENDING))


def refuse_saved_documents(documents: Sequence[Document]) -> None:
    """Raise OutputError where a place is not as the run found it."""
    for document in documents:
        refuse_saved(document.target, document.before)


@contextlib.contextmanager
def placed_with(
    workbook: Path | None,
    documents: Sequence[Document],
    review: Review,
    now: Callable[[], Review],
    unwritten: str = "",
) -> Iterator[None]:
    """Have the documents put in place once what is done inside has written the workbook.

    Parameters
    ----------
    workbook
        None where it lies on a server, where no list can be kept.
    review
        What is written: the last line of its Log is that of this run.
    now
        Reads the workbook again, to see after a fault whether it was written.
    unwritten
        The state of the workbook before.

    Raises
    ------
    OutputError
        Where a document cannot be put in place; it says what stands where.
    """
    if not documents:
        yield
        return
    journal = journal_of(workbook) if workbook else None
    earlier = _waiting(journal)
    own = [_told_by(review, document, unwritten) for document in documents]
    try:
        _keep(journal, [*earlier, *own])
        for item, document in zip(own, documents, strict=True):
            _make_ready(item, document)
        yield
    except BaseException:
        _settle(journal, [*earlier, *own], now)
        raise
    placed, late = _place(own)
    _keep(journal, [*earlier, *(item for item, _ in late)])
    if late:
        raise OutputError(_said_of(workbook, late, placed))


def complete(workbook: Path, now: Callable[[], Review]) -> None:
    """Complete what a stopped run had begun, or clear it away."""
    if journal_of(workbook).exists():
        with held(workbook):
            settle(workbook, now)


def settle(workbook: Path, now: Callable[[], Review]) -> None:
    """As ``complete``, for a workbook that is held already."""
    journal = journal_of(workbook)
    if journal.exists():
        _settle(journal, _waiting(journal), now)


def _settle(journal: Path | None, items: Sequence[_Waiting], now: Callable[[], Review]) -> None:
    try:
        done = _written(journal, items, now)
    except WpsError:
        # Nobody can tell now; the next run may.
        return
    for item in items:
        if item not in done:
            with contextlib.suppress(OSError):
                item.ready.unlink(missing_ok=True)
    placed, late = _place(done)
    with contextlib.suppress(OutputError):
        _keep(journal, [item for item, _ in late])
    for command in dict.fromkeys(item.command for item in placed):
        names = ", ".join(item.target.name for item in placed if item.command == command)
        stays(COMPLETED.format(command=command, names=names))
    if late:
        stays(_said_of(_workbook_of(journal), late, []))


def _written(
    journal: Path | None, items: Sequence[_Waiting], now: Callable[[], Review]
) -> list[_Waiting]:
    """The documents whose run has written the workbook."""
    workbook = _workbook_of(journal)
    as_it_is = state(workbook) if workbook else ""
    maybe = [item for item in items if not as_it_is or item.unwritten != as_it_is]
    log = {_line(run) for run in now().rows(Run)} if maybe else set()
    return [item for item in maybe if (item.when, item.command) in log]


def _place(items: Sequence[_Waiting]) -> tuple[list[_Waiting], list[_Late]]:
    """Put documents in place: those that are there now, and those that cannot be put there."""
    placed: list[_Waiting] = []
    late: list[_Late] = []
    for item in items:
        try:
            # What does not lie ready any more was put in place before.
            if item.ready.exists():
                placed.append(_put(item))
            elif not item.target.parent.is_dir():
                late.append(_Late(item, f"there is no folder {item.target.parent}."))
        except OSError as fault:
            late.append(_Late(item, unwritable(item.target, fault)))
    return placed, late


def _put(item: _Waiting) -> _Waiting:
    """Put one document in place, beside what somebody else saved there in the meantime."""
    target = item.target
    if state(target) != item.before or (target.exists() and not item.before):
        names = (target.with_stem(f"{target.stem}_{number}") for number in range(2, 1000))
        target = next(path for path in names if not path.exists())
        stays(BESIDE.format(name=item.target.name, other=target.name))
    item.ready.replace(target)
    return replace(item, target=target)


def _told_by(review: Review, document: Document, unwritten: str) -> _Waiting:
    """The document as it will lie ready, with the last line of the Log."""
    target = real(document.target)
    ready = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    run = review.rows(Run)[-1]
    return _Waiting(ready, target, document.before, *_line(run), unwritten)


def _line(run: Run) -> tuple[str, str]:
    return str(run.when)[:19], run.command


def _make_ready(item: _Waiting, document: Document) -> None:
    try:
        with item.ready.open("xb") as file:
            file.write(document.content)
            file.flush()
            os.fsync(file.fileno())
        if item.target.exists():
            shutil.copymode(item.target, item.ready)
        if document.frozen:
            item.ready.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
    except OSError as fault:
        raise OutputError(unwritable(item.target, fault)) from fault


def _keep(journal: Path | None, items: Sequence[_Waiting]) -> None:
    """Write the list of what waits; where nothing does there is none."""
    if journal is None:
        return
    if items:
        files = [{**asdict(item), **_places(journal.parent, item)} for item in items]
        saving.replace(journal, json.dumps({"version": 1, "files": files}, indent=1).encode())
        return
    try:
        journal.unlink(missing_ok=True)
    except OSError as fault:
        raise OutputError(unwritable(journal, fault)) from fault


def _places(folder: Path, item: _Waiting) -> dict[str, str]:
    """Where a document lies and goes, from the folder of the workbook: that may be moved."""
    found = {"ready": item.ready, "target": item.target}
    try:
        return {
            name: Path(os.path.relpath(path, folder)).as_posix() for name, path in found.items()
        }
    except ValueError:
        return {name: str(path) for name, path in found.items()}


def _waiting(journal: Path | None) -> list[_Waiting]:
    """What the list names; a list that is not as we write it names nothing."""
    if journal is None or not journal.exists():
        return []
    try:
        files = json.loads(journal.read_text(encoding="utf-8"))["files"]
        found = [_from(file, journal.parent) for file in files]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [item for item in found if _is_ours(item)]


def _from(file: Mapping[str, str], folder: Path) -> _Waiting:
    texts = (str(file[name]) for name in ("before", "when", "command", "unwritten"))
    return _Waiting(folder / file["ready"], folder / file["target"], *texts)


def _is_ours(item: _Waiting) -> bool:
    """Whether one file is the other made ready: nothing else is ever moved or deleted."""
    ready, target = item.ready, item.target
    named = ready.name.startswith(f".{target.name}.") and ready.suffix == ".tmp"
    return named and ready.parent == target.parent


def _said_of(workbook: Path | None, late: Sequence[_Late], placed: Sequence[_Waiting]) -> str:
    where = ", ".join(str(item.target) for item in placed)
    said = {
        "names": ", ".join(item.target.name for item, _ in late),
        "why": " ".join(dict.fromkeys(why for _, why in late)),
        "stands": f"In place: {where}. " if where else "",
    }
    if workbook is None:
        return LEFT_READY.format(ready=", ".join(item.ready.name for item, _ in late), **said)
    return WAITING.format(workbook=workbook.name, journal=journal_of(workbook).name, **said)
