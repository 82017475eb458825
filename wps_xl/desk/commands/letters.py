"""The verb ``letters``: who is asked, reminded, or asked to correct (S/2007/567, paras. 4, 49)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from wps_xl import assets
from wps_xl.desk.commands import Outcome, Progress
from wps_xl.desk.commands.store import host_of, logged, now, with_rows
from wps_xl.desk.hosts.together import Document
from wps_xl.errors import InputError
from wps_xl.nouns import counted
from wps_xl.places import made
from wps_xl.report.council.blocks import entity_code
from wps_xl.report.letters import correspondence
from wps_xl.report.letters.correspondence import KINDS, REQUEST, Letter, Recipient
from wps_xl.review.workbook import Review

WAIT = 14
"""Days between two letters about the same, where the list of limits does not say."""


def letters(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Write a letter to each entity that needs one, and in the Register what was written."""
    workbook, folder = options["workbook"], options["letters"]
    kind = _kind(options.get("kind"))
    host = host_of(options)
    host.ready(workbook)
    review = host.read(workbook)
    moment = now()
    today = moment.date()
    wait = _wait(review)
    found = {
        recipient.entity: correspondence.needed(recipient, today, wait, kind)
        for recipient in _chosen(review, options.get("entity") or ())
    }
    needed = [letter for letter in found.values() if isinstance(letter, Letter)]
    documents: list[Document] = []
    unfilled: dict[str, None] = {}
    if needed:
        made(folder, "letters")
    for done, letter in enumerate(needed, start=1):
        taken = [document.target for document in documents]
        document, names = _composed(letter, review, folder, moment, taken)
        documents.append(document)
        unfilled |= dict.fromkeys(names)
        progress(done, len(needed), letter.recipient.entity)
    rows = correspondence.with_entries(review, needed, today)
    updated = logged(with_rows(review, "Register", rows), "letters", _log(needed, review), moment)
    host.write(updated, workbook, moment, documents)
    left = _left(needed, review, today, list(unfilled))
    return Outcome([*_said(needed, folder), *_none(found), *left])


def _kind(asked: str | None) -> str:
    kind = (asked or "").strip().lower()
    if kind and kind not in KINDS:
        raise InputError(f"'{asked}' is no kind of letter. The kinds are {', '.join(KINDS)}.")
    return kind


def _wait(review: Review) -> int:
    known = correspondence.WAIT in review.codebook["limits"]
    return int(review.codebook.limit(correspondence.WAIT)) if known else WAIT


def _chosen(review: Review, asked: Sequence[str]) -> list[Recipient]:
    """The entities named, else all that sheet Register invites."""
    invited = correspondence.recipients(review)
    if not invited:
        raise InputError(
            "Sheet Register invites nobody. Write 'invited' into its column Takes part."
        )
    if not asked:
        return invited
    codes = [entity_code(review, name) for name in asked]
    missing = [code for code in codes if code not in {one.entity for one in invited}]
    if missing:
        raise InputError(
            f"Sheet Register does not invite {', '.join(missing)}, so no letter was written. "
            "Write 'invited' into column Takes part of its lines."
        )
    return [one for one in invited if one.entity in codes]


def _composed(
    letter: Letter, review: Review, folder: Path, moment: dt.datetime, taken: Sequence[Path]
) -> tuple[Document, list[str]]:
    """One letter with its place, and the fields of its template that nothing fills."""
    from wps_xl.office.word.letter import write
    from wps_xl.report.letters.fields import fill

    filled = fill(letter, review, moment.date())
    target = _free(folder, letter, review, moment.date(), taken)
    about = {
        "title": f"{letter.kind}, {letter.recipient.entity}",
        "author": "wps_xl",
        "created": moment.isoformat(),
        "modified": moment.isoformat(),
    }
    template = assets.path(f"templates/letter_{letter.kind}.docx")
    content = io.BytesIO()
    names = write(template, content, filled.fields, filled.prompts, about)
    return Document(target, content.getvalue()), names


def _free(
    folder: Path, letter: Letter, review: Review, today: dt.date, taken: Sequence[Path]
) -> Path:
    """A name that no file has: a letter that somebody has worked on is never written over."""
    from wps_xl.office.excel.text import safe_file_name

    stem = f"{review.cycle.code}_{letter.kind}_{letter.recipient.entity}_{today.isoformat()}"
    names = (f"{stem}.docx", *(f"{stem}_{number}.docx" for number in range(2, 1000)))
    paths = (folder / safe_file_name(name) for name in names)
    mine = {path.name.casefold() for path in taken}
    return next(p for p in paths if not p.exists() and p.name.casefold() not in mine)


def _said(needed: Sequence[Letter], folder: Path) -> Iterator[str]:
    """How many letters of which kind, and who gets them."""
    if not needed:
        yield "No letter was written."
        return
    yield f"{counted(len(needed), 'letter')} in {folder}."
    for kind, names in _by_kind(needed).items():
        yield f"{counted(len(names), kind)}: {', '.join(names)}."


def _by_kind(needed: Sequence[Letter]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for letter in needed:
        also = " (with corrections)" if letter.asks and letter.corrects else ""
        found.setdefault(letter.kind, []).append(f"{letter.recipient.entity}{also}")
    return {kind: found[kind] for kind in KINDS if kind in found}


def _none(found: Mapping[str, Letter | str]) -> Iterator[str]:
    """Who gets no letter, by the reason."""
    reasons: dict[str, list[str]] = {}
    for entity, reason in found.items():
        if isinstance(reason, str):
            reasons.setdefault(reason, []).append(entity)
    for reason, entities in reasons.items():
        yield f"No letter to {', '.join(entities)}: {reason}."


def _left(
    needed: Sequence[Letter], review: Review, today: dt.date, unfilled: Sequence[str]
) -> Iterator[str]:
    """What has to be seen to before the letters go out."""
    from wps_xl.report.letters.fields import prompts

    if not needed:
        return
    yield from prompts(review)
    asked = [line for letter in needed if letter.kind == REQUEST for line in letter.asks]
    if any(line.due is not None and line.due < today for line in asked):
        yield "Requests name due dates that have passed: correct them on sheet Register first."
    if not all(line.line.issued for line in asked):
        yield "Not all forms that go with the requests have been issued yet."
    if any(line.due is None for letter in needed for line in letter.asks):
        yield "Where sheets Register and Cycle have no due date, the letters name none."
    if unfilled:
        yield f"Nothing fills {', '.join(unfilled)}: see the templates of the letters."


def _log(needed: Sequence[Letter], review: Review) -> str:
    """Kinds, recipients and signatory for the Log."""
    if not needed:
        return "No letter was needed."
    kinds = (f"{kind} to {', '.join(names)}" for kind, names in _by_kind(needed).items())
    signatory = review.text("signatory") or "nobody named on sheet Cycle"
    return f"{counted(len(needed), 'letter')}: {'; '.join(kinds)}. Signatory: {signatory}."
