"""What can be wrong with a row of a form, from the same rules that the checks apply."""

from __future__ import annotations

from dataclasses import dataclass

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import FormSheet
from wps_xl.intake.catalogue import catalogue
from wps_xl.rules.conditions import Condition
from wps_xl.rules.registry import rules_on

_MISSING = ("required", "required-with", "reason-missing", "one-of-required", "unanswered")


@dataclass(frozen=True)
class Fault:
    """One thing that can be wrong: the code of its issue, the cells to mark, when it holds.

    It is looked for in every row begun or, where ``prepared`` is set, in every row with a number.
    """

    code: str
    columns: tuple[str, ...]
    condition: Condition
    prepared: bool = False

    @property
    def severity(self) -> str:
        """``error`` where the form is not ready while it holds, else ``warning``."""
        wording = catalogue().get(self.code)
        return wording.severity if wording else "error"

    @property
    def is_missing(self) -> bool:
        """Whether a cell is blank that should not be."""
        return self.code in _MISSING

    @property
    def mark(self) -> str:
        """Which conditional format shows it."""
        return "missing" if self.is_missing else self.severity


def faults(sheet: FormSheet, codebook: Codebook, cycle: Cycle) -> list[Fault]:
    """Every fault that plain formulas can find in a row of the sheet, column by column."""
    return [
        Fault(code, kind.marks(at), condition, kind.prepared(at))
        for kind, at in rules_on(sheet, codebook, cycle)
        for code, condition in kind.formulas(at).items()
    ]
