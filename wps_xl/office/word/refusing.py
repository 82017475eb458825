"""Why a clean edition is refused: each kind of reason, the paragraphs, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wps_xl.errors import InputError
from wps_xl.nouns import counted
from wps_xl.office.word.leftovers import EMBEDDED, EMPTY, SLOT, TRACKED, YELLOW, Left

SHOWN = 8
STALE, LOST, EXAMPLE = "stale", "lost", "example"
KINDS = (TRACKED, YELLOW, SLOT, EMPTY, EXAMPLE, STALE, LOST, EMBEDDED)
Reason = str | tuple[str, str]
"""A reason in words, or as it is said at the command line and at a button."""
_SAID: Mapping[str, tuple[str, str, str, str]] = {
    TRACKED: (
        "tracked change",
        "tracked changes",
        "holds",
        "Accept or reject in Word",
    ),
    YELLOW: (
        "yellow paragraph",
        "yellow paragraphs",
        "holds",
        "Do what they ask, then delete them or take the colour out",
    ),
    SLOT: (
        "place that nothing fills",
        "places that nothing fills",
        "holds",
        "Correct the slot in the workbook, or write the words in Word",
    ),
    EMPTY: (
        "heading with nothing under it",
        "headings with nothing under them",
        "holds",
        "Write the text, in the workbook or in a draft in Word, or delete the heading",
    ),
    EXAMPLE: (
        "text still marked as example",
        "texts still marked as example",
        "holds",
        "Confirm the words on sheet Lists and empty the column status, or leave them out",
    ),
    STALE: (
        "text that the workbook no longer says",
        "texts that the workbook no longer says",
        "holds",
        "Change them, or delete the comment to keep your words",
    ),
    LOST: (
        "reference",
        "references",
        "refers to what was deleted, by",
        "Put in other numbers or words",
    ),
    EMBEDDED: (
        "object or picture that is not kept in the file as text or as a picture",
        "objects or pictures that are not kept in the file as text or as pictures",
        "holds",
        "Paste each as text or as a picture (Paste Special), or delete it",
    ),
}


def tracked(found: Iterable[Left]) -> int:
    """How many tracked changes were found."""
    return sum(int(left.what) for left in found if left.code == TRACKED)


def reasons(name: str, found: Sequence[Left]) -> list[str]:
    """A sentence or two for each kind of what was found, with the paragraphs."""
    said = []
    for kind in KINDS:
        here = [left for left in found if left.code == kind]
        if here:
            one, many, verb, to_do = _SAID[kind]
            number = tracked(here) if kind == TRACKED else len(here)
            told = "; ".join(_told(left) for left in here[:SHOWN])
            more = f"; and {len(here) - SHOWN} more" if len(here) > SHOWN else ""
            said.append(f"{name} {verb} {counted(number, one, many)}: {told}{more}. {to_do}.")
    return said


def refuse(name: str, found: Sequence[Left], others: Sequence[Reason] = ()) -> None:
    """InputError with every reason, ``others`` among them, where there is any."""
    same = reasons(name, found)
    if not same and not others:
        return
    pairs = [(one, one) if isinstance(one, str) else one for one in others]
    end = "Then write the clean edition again."
    raise InputError(
        " ".join([*same, *(one for one, _ in pairs), end]),
        " ".join([*same, *(two for _, two in pairs), end]),
    )


def _told(left: Left) -> str:
    shows = left.code in (SLOT, EXAMPLE, STALE, LOST, EMBEDDED) and left.what
    return f"{left.place}, {left.what}" if shows else left.place
