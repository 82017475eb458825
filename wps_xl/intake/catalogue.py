"""The one place where issues get their words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wps_xl.model import Issue
from wps_xl.rules.kind import Wording
from wps_xl.rules.registry import kinds

_FILE = Path(__file__).with_name("issues.toml")
ORDER = {"error": 0, "warning": 1, "note": 2}


@cache
def catalogue() -> Mapping[str, Wording]:
    """Code to wording, from issues.toml and from the rules that bring their own."""
    texts = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    of_rules = [pair for kind in kinds().values() for pair in kind.texts.items()]
    return {code: Wording(**text) for code, text in texts.items()} | dict(of_rules)


@dataclass(frozen=True)
class Place:
    """Where an issue points: the return, and in it the sheet, the cell, the heading users see.

    ``part`` is the value or piece of text it is about where the cell holds more than that.
    """

    book: str
    entity: str = ""
    form: str = ""
    sheet: str = ""
    cell: str | None = None
    row: int | None = None
    column: str = ""
    heading: str = ""
    para: str = ""
    part: str = ""


class _Slots(dict[str, str]):
    """Slots without a value print as nothing, so that no message can fail."""

    def __missing__(self, key: str) -> str:
        return ""


def issue(
    code: str, place: Place, *, suggestion: str = "", also: tuple[str, ...] = (), **slots: str
) -> Issue:
    """The Issue ``code`` at ``place``, worded; ``slots`` fill its texts.

    ``also`` are further cells of the same cause, the other half of a pair among them.
    """
    wording = catalogue()[code]
    words = _Slots({"holds": "is blank", **slots})
    words |= {"heading": place.heading, "suggestion": suggestion, "book": place.book}
    words.setdefault("meant", f" (perhaps “{suggestion}”)" if suggestion else "")
    words["as_read"] = f", as “{suggestion}”" if suggestion else ""
    where = " ".join(part for part in (place.sheet, place.cell) if part)
    lead = ", ".join(part for part in (where, place.heading) if part) or place.book
    message = f"{wording.says.format_map(words)} {wording.do.format_map(words)}"
    # What the reader says of a file begins with its name already.
    message = message if message.startswith(f"{lead} ") else f"{lead}: {message}"
    return Issue(
        code=code,
        severity=wording.severity,
        message=message.strip(),
        book=place.book,
        entity=place.entity,
        form=place.form,
        sheet=place.sheet,
        cell=place.cell,
        row=place.row,
        column=place.column,
        heading=place.heading,
        found=slots.get("found", ""),
        suggestion=suggestion,
        also=also,
        para=place.para,
        part=place.part,
    )


def example(code: str) -> Issue:
    """The issue ``code`` as it may be raised, for the documents."""
    words = dict(catalogue()[code].example)
    place = Place(
        words.pop("book", ""),
        sheet=words.pop("sheet", ""),
        cell=words.pop("cell", None),
        heading=words.pop("heading", ""),
    )
    suggestion = words.pop("suggestion", "")
    return issue(code, place, suggestion=suggestion, also=(), **words)
