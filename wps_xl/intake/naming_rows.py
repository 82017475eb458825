"""Texts that name rows of another sheet as evidence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from wps_xl.intake.catalogue import issue
from wps_xl.intake.side_by_side import Gathering, Line, found_columns
from wps_xl.model import Issue
from wps_xl.model.text import latin, visible
from wps_xl.rules.numbering import plain

# What may stand beside the numbers where a text names nothing but rows.
_AROUND = re.compile(
    r"(?i)\b(?:see|rows?|activit(?:y|ies)|nos?|numbers?|sheet|and|or|to|of|in|the|under"
    r"|voir|activités?|lignes?|et|de|à|véase|ver|actividad(?:es)?|filas?|y|см|строк[аи]?|и)\b"
)
_NUMBER = re.compile(r"(?<![\w/.-])[A-Za-z]{1,3}[-. ]?\d+(?:[-.]\d+)*(?![\w/])")


def unknown_evidence(here: Gathering) -> Iterator[Issue]:
    """A warning for each row that is named as evidence and is not there."""
    for item, sheet in here.sheets():
        for column in sheet.columns.values():
            rule = column.rule("names-rows")
            target, _, key = rule.operand.partition(".") if rule else ("", "", "")
            if rule is None or not found_columns(item, target, key):
                continue
            typed = [v for v in item.tables[target].columns[key] if isinstance(v, str)]
            known = {plain(number): number for number in typed}
            for line in here.lines_of(item, sheet):
                for number in _named(line.text(column.code), target):
                    if plain(number) not in known:
                        yield _unknown(line, column.code, number, target, known)


def _named(text: str, sheet: str) -> list[str]:
    """The numbers in a text that names rows and nothing else."""
    text = latin(text)
    numbers = _NUMBER.findall(text) if text else []
    rest = _AROUND.sub("", _NUMBER.sub("", text)) if numbers else ""
    rest = re.sub(rf"(?i)\b{re.escape(sheet)}\b", "", rest)
    return [] if re.search(r"\w", rest) else numbers


def _unknown(line: Line, code: str, number: str, target: str, known: Mapping[str, str]) -> Issue:
    near = difflib.get_close_matches(plain(number), known, n=1, cutoff=0.6)
    return issue(
        "evidence-unknown",
        replace(line.place(code), part=number),
        found=visible(number),
        other=target,
        suggestion=known[near[0]] if near else "",
    )
