"""What a kind of rule is: its words in forms.csv, instruction, checks, formulas and messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import pandas as pd

from wps_xl.codebook import Codebook, Cycle
from wps_xl.rules.conditions import Bound, Condition
from wps_xl.rules.rows import Detail, Rows

Frames = Mapping[str, pd.DataFrame]
"""The rows of each sheet over all returns, by sheet."""


@dataclass(frozen=True)
class Rule:
    """One rule of a column: ``kind`` names it, ``operands`` what it compares with.

    ``text`` is how forms.csv says it, blank where the column's type or name says it.
    """

    kind: str
    operands: tuple[str, ...] = ()
    text: str = ""

    @property
    def operand(self) -> str:
        """The first operand, or blank."""
        return self.operands[0] if self.operands else ""


class Column(Protocol):
    """What rules ask of a column of a form."""

    @property
    def code(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def many(self) -> bool: ...
    @property
    def prefilled(self) -> bool: ...
    @property
    def list_name(self) -> str: ...
    @property
    def rules(self) -> tuple[Rule, ...]: ...
    def is_required(self, classification: str) -> bool: ...
    def is_told(self, classification: str) -> bool: ...


class Sheet(Protocol):
    """What rules ask of a sheet of a form."""

    @property
    def name(self) -> str: ...
    @property
    def has_rows(self) -> bool: ...
    @property
    def prefilled(self) -> str: ...
    @property
    def one_of(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def columns(self) -> Mapping[str, Column]: ...


class At(NamedTuple):
    """One rule at the column that has it, in a cycle.

    ``frames`` has no sheet while a form is written.
    """

    column: Column
    sheet: Sheet
    codebook: Codebook
    cycle: Cycle
    frames: Frames
    rule: Rule

    @property
    def code(self) -> str:
        """The code of the column."""
        return self.column.code

    @property
    def is_pair(self) -> bool:
        """Whether the rule compares with another column of the sheet."""
        return self.rule.operand in self.sheet.columns

    @property
    def target(self) -> tuple[str, str]:
        """The sheet and the column of it that the rule names."""
        sheet, _, column = self.rule.operand.partition(".")
        return sheet, column

    def heading(self, code: str) -> str:
        """The heading of a column, or what else the rule compares with, in words."""
        if code in self.sheet.columns:
            return self.sheet.columns[code].heading
        return {"entity": "your own entity"}.get(code, code.replace("_", " "))


@dataclass(frozen=True)
class Check:
    """A check of pandera: what it runs and with which statistics, the column itself left out.

    ``test`` names one of pandera's own checks of a column, or is a function of a frame that says of
    each row whether it keeps the rule; it is registered under its name, its keywords are the
    statistics. A blank cell breaks no rule but that of being required.
    """

    test: str | Callable[..., pd.Series[bool]]
    statistics: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Wording:
    """How one issue is worded: its severity, what was found, what to do.

    ``example`` fills the texts for the documents: sheet, cell, heading and the slots.
    ``beyond_a_value`` says that no other value in the cell would settle it; ``counted`` is the
    line of the form's sheet Check that counts it, with the slot {headings}.
    """

    severity: str
    says: str
    do: str
    example: Mapping[str, str] = field(default_factory=dict)
    beyond_a_value: bool = False
    counted: str = ""


Detailer = Callable[[At, Rows, int], Detail | None]
"""What a message says of a row that breaks the rule; None where that of another row tells it."""


def plainly(at: At, rows: Rows, position: int) -> Detail:
    """The other cell that the rule compares with, if there is one."""
    return Detail({"other": rows.other(position, at.rule.operand)} if at.is_pair else {})


def in_pair(at: At, rows: Rows, position: int) -> Detail:
    """The other cell that the rule compares with, which is as likely to be wrong."""
    other = at.rule.operand
    return Detail({"other": rows.other(position, other)}, also=rows.filled(position, [other]))


@dataclass(frozen=True)
class Kind:
    """One kind of rule. What it does not have it leaves out.

    ``pattern`` is how forms.csv says it, its groups are the operands; a kind without one holds of
    the columns of which ``applies`` says so. ``checks`` and ``formulas`` stand under the codes of
    their issues: a check says that a row keeps the rule, a formula that it breaks it, in every row
    begun or, where ``prepared`` says so, in every row with a number. ``stops`` has the bounds at
    which a cell takes no more, or asks, each under the sign by which a value is wrong to it.

    ``raises`` has the codes of its issues and what their messages say of a row, ``texts`` the words
    of those that are not in issues.toml. ``concerns`` are the columns of which one that is faulty
    itself explains the issue, ``marks`` those that the form marks. ``rank`` is below 0 for what is
    looked for first in a column, above 0 for what sees whole rows.
    """

    pattern: str = ""
    applies: Callable[[At], bool] = lambda at: False
    says: Callable[[At], str] = lambda at: ""
    checks: Callable[[At], Mapping[str, Check]] = lambda at: {}
    formulas: Callable[[At], Mapping[str, Condition]] = lambda at: {}
    prepared: Callable[[At], bool] = lambda at: False
    stops: Callable[[At], Mapping[str, Bound]] = lambda at: {}
    raises: Mapping[str, Detailer] = field(default_factory=dict)
    texts: Mapping[str, Wording] = field(default_factory=dict)
    concerns: Callable[[At], tuple[str, ...]] = lambda at: (at.code,)
    marks: Callable[[At], tuple[str, ...]] = lambda at: (at.code,)
    rank: int = 0
