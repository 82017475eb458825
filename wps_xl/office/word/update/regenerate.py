"""Brings a drafter's own document up to date with the workbook.

A copy is changed, never the drafter's file. What was written last is known from the ledger inside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from wps_xl.errors import OutputError
from wps_xl.model import Draft
from wps_xl.office.word import admitting, assembly, masthead, package
from wps_xl.office.word.counting import Counted
from wps_xl.office.word.document import Composed, Printed
from wps_xl.office.word.ooxml import style_of, texts, w
from wps_xl.office.word.pagination import renew_pages
from wps_xl.office.word.revisions import live_paragraphs
from wps_xl.office.word.story import PROMPT_STYLE
from wps_xl.office.word.update.merging import LEFT_OUT, SAME, Change, Merge, first_words
from wps_xl.office.word.update.walk import Visit, merged, settled


@dataclass(frozen=True)
class Done:
    """One line of what an update did: the printed number, the block's first words, the action."""

    number: str
    begins: str
    action: str
    detail: str = ""


@dataclass(frozen=True)
class Updated:
    """The new state of a drafter's document, and what was done with each block.

    ``known`` says how blocks were known whose hidden marks or record are gone, ``masthead`` what
    became of its fields, ``told`` what was taken out for submission or reaches out of the file.
    """

    printed: Printed
    done: tuple[Done, ...]
    known: str = ""
    masthead: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def update(
    draft: Draft,
    template: Path,
    drafter: Path,
    target: package.Target,
    properties: Mapping[str, str] | None = None,
) -> Updated:
    """Write ``target``: the drafter's document with what changed in the workbook, tracked.

    Raises
    ------
    InputError
        The drafter's file is no Word document, or holds no record of what was generated.
    OutputError
        The target exists, or cannot be written.
    """
    refuse(drafter, target)
    about = dict(properties or {})
    visit = Visit.to(drafter, draft, template, moment_of(about))
    merge = merged(visit)
    counted = settled(visit, merge)
    said = follow_masthead(visit)
    fields = masthead.values(draft.fields)
    assembly.keep_ledger(visit.document, merge.ledger, about, template, fields)
    if "modified" in about:
        visit.document.core_properties.modified = visit.moment
    renew_pages(visit.document)
    package.save(visit.document, target, overwrite=False)
    out = admitting.reaching_out(admitting.carried(visit.document, template))
    return replace(
        printed_as(visit, merge, counted), masthead=said, told=tuple(admitting.told(out, "kept"))
    )


def follow_masthead(visit: Visit) -> tuple[str, ...]:
    """Bring the symbol and other fields of headers, unless the drafter typed others; what was done.

    Headers show no tracked changes to most readers, so each change is said.
    """
    _, *headers = package.stories(visit.document)
    here, said = masthead.standing(headers), []
    changed: dict[str, str] = {}
    for name, now in masthead.values(visit.fresh.draft.fields).items():
        there = here.get(name, now)
        if there.strip() == now.strip():
            continue
        if visit.fields.get(name, there).strip() == there.strip():
            changed[name] = now
            said.append(f"Masthead: “{there}” is now “{now}”.")
        else:
            said.append(f"Masthead: your “{there}” was kept; the workbook says “{now}”.")
    assembly.write_masthead(visit.document, changed)
    return tuple(said)


def printed_as(visit: Visit, merge: Merge, counted: Counted) -> Updated:
    """The numbers of the document as it now is, and what was done with each block."""
    return Updated(_printed(visit.fresh, merge, counted), _done(merge, counted), visit.known)


def moment_of(about: Mapping[str, str]) -> dt.datetime:
    """The moment of the run."""
    return masthead.moment(about["modified"]) if "modified" in about else dt.datetime.now(dt.UTC)


def refuse(drafter: Path, target: package.Target) -> None:
    """OutputError where the target is the drafter's own file, or any other that exists."""
    if (
        isinstance(target, Path)
        and target.exists()
        and drafter.exists()
        and target.samefile(drafter)
    ):
        raise OutputError(
            f"{target.name} is the drafter's own file, which is never overwritten. "
            "Choose another name with --out."
        )
    package.refuse(target, overwrite=False)


def _printed(fresh: Composed, merge: Merge, counted: Counted) -> Printed:
    """The numbers as the drafter's document prints them."""
    known = fresh.printed
    numbers = {}
    for block in fresh.story.written:
        label = fresh.story.labels.paragraphs.get(block.key)
        unit = merge.unit(block.bookmark)
        if label is not None and block.kind == "paragraph" and unit is not None and not unit.blank:
            steps = counted.paragraphs.get(unit.first)
            if steps:
                numbers[block.key] = f"{label.where}{' '.join(steps)}"
    return replace(known, paragraphs=numbers, words=_words(merge))


def _words(merge: Merge) -> int:
    """Words as they are printed when all changes are accepted, from the first heading on."""
    styles = merge.pen.transplant.styles
    prompt = styles.get(PROMPT_STYLE, PROMPT_STYLE)
    shown = [node for node in live_paragraphs(merge.body) if style_of(node) != prompt]
    first = merge.starts.get(next((c.bookmark for c in merge.changes if "Sec" in c.bookmark), ""))
    heading = next(first.iterancestors(w("p")), None) if first is not None else None
    if heading in shown:
        shown = shown[shown.index(heading) :]
    found = [text for node in (*shown, merge.pen.transplant.notes) for text in texts(node)]
    return sum(len(text.split()) for text in found)


def _done(merge: Merge, counted: Counted) -> tuple[Done, ...]:
    return tuple(_line(change, merge, counted) for change in merge.changes)


def _line(change: Change, merge: Merge, counted: Counted) -> Done:
    unit = merge.unit(change.bookmark)
    place = unit.first if unit is not None else change.place
    steps = counted.paragraphs.get(place, ()) if change.action != LEFT_OUT else ()
    detail = "" if change.action == SAME else change.detail
    return Done(" ".join(steps), first_words(change.base), change.action, detail)
