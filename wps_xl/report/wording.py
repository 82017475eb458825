"""Sentence patterns: rows of the sheet Wording, which staff may change for their cycle."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence

from wps_xl import assets
from wps_xl.analysis.review import Review
from wps_xl.model import Footnote, Part, Value

WITHIN = "within the opening list"
NOTE = "note"
_SLOT = re.compile(r"\{(\w+)\}")


def standard() -> list[dict[str, Value]]:
    """The rows of sheet Wording as a new workbook gets them, from ``templates/wording.csv``."""
    with assets.path("templates/wording.csv").open(encoding="utf-8-sig", newline="") as lines:
        return [
            {"Key": row["key"], "Pattern": row["pattern"], "Used when": row["used when"] or None}
            for row in csv.DictReader(lines)
        ]


class Wording:
    """The patterns of one workbook; one that staff deleted comes from the package."""

    def __init__(self, review: Review) -> None:
        self._patterns: dict[str, list[tuple[str, str]]] = {}
        for rows in ([row for _, row in review.records("Wording")], standard()):
            known = set(self._patterns)
            for row in rows:
                key = str(row["Key"] or "")
                if key and key not in known and row["Pattern"]:
                    when = str(row["Used when"] or "")
                    self._patterns.setdefault(key, []).append((str(row["Pattern"]), when))

    def __contains__(self, key: str) -> bool:
        return key in self._patterns

    def pattern(self, key: str, within: bool = False) -> str:
        """The pattern called ``key``; of two, the one made for members of the opening list."""
        candidates = self._patterns[key]
        for pattern, when in candidates:
            if within and when == WITHIN:
                return pattern
        return next((p for p, when in candidates if when != WITHIN), candidates[0][0])

    def text(self, key: str, **slots: str) -> str:
        """A pattern without footnotes, filled."""
        return filled(self.pattern(key), slots)


def filled(pattern: str, slots: Mapping[str, str]) -> str:
    """The pattern with its slots filled; a slot that nobody fills stays visible."""
    return _SLOT.sub(lambda match: slots.get(match[1], match[0]), pattern)


def parts(pattern: str, slots: Mapping[str, str], note: Footnote | None) -> tuple[Part, ...]:
    """The pattern filled, cut at the place of its footnote."""
    found: list[Part] = []
    for at, piece in enumerate(pattern.split(f"{{{NOTE}}}")):
        if at and note is not None:
            found.append(note)
        if piece:
            found.append(filled(piece, slots))
    return tuple(found)


def slots_of(pattern: str) -> Sequence[str]:
    """The names between braces in a pattern."""
    return _SLOT.findall(pattern)
