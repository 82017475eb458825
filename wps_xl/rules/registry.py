"""Every kind of rule, found by listing the modules of ``kinds``."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial

from wps_xl.codebook import Codebook, Cycle
from wps_xl.errors import CodebookError
from wps_xl.rules import kinds as modules
from wps_xl.rules.kind import At, Column, Frames, Kind, Rule, Sheet


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name, which is that of its module, in order."""
    names = sorted(found.name for found in pkgutil.iter_modules(modules.__path__))
    found = {name: importlib.import_module(f"{modules.__name__}.{name}") for name in names}
    return {name.replace("_", "-"): module.KIND for name, module in found.items()}


@cache
def _implied() -> Sequence[tuple[Rule, Kind]]:
    found = [(Rule(name), kind) for name, kind in kinds().items() if not kind.pattern]
    return sorted(found, key=lambda pair: pair[1].rank)


@lru_cache(maxsize=512)
def rule_of(text: str, line: int) -> Rule:
    """The rule that a text of forms.csv states; ``line`` is where it stands."""
    for name, kind in kinds().items():
        match = re.fullmatch(kind.pattern, text) if kind.pattern else None
        if match:
            groups = [(group or "").split(",") for group in match.groups()]
            operands = [part.strip() for group in groups for part in group]
            while operands and not operands[-1]:
                operands.pop()
            return Rule(name, tuple(operands), text)
    raise CodebookError(f"forms.csv, line {line}: '{text}' is not a rule that wps_xl knows.")


def rules_of(column: Column, at: Callable[[Rule], At]) -> Iterator[tuple[Kind, At]]:
    """The rules of a column: those of its type and its need first, then those of forms.csv."""
    for rule, kind in _implied():
        here = at(rule)
        if kind.applies(here):
            yield kind, here
    for rule in column.rules:
        yield kinds()[rule.kind], at(rule)


def rules_on(
    sheet: Sheet, codebook: Codebook, cycle: Cycle, frames: Frames | None = None
) -> list[tuple[Kind, At]]:
    """The rules of a sheet, column by column; those that see whole rows last."""
    found: list[tuple[Kind, At]] = []
    for column in sheet.columns.values():
        found += rules_of(column, partial(At, column, sheet, codebook, cycle, frames or {}))
    return sorted(found, key=lambda pair: pair[0].rank > 0)
