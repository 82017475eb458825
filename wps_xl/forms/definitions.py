"""The forms as read from ``forms.csv``: sheets, columns and their rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from wps_xl.codebook import Codebook
from wps_xl.rules.kind import Rule
from wps_xl.rules.registry import rule_of

VERSION = "1"
COVER = "Cover"
EVERY_FORM = "every"
SEPARATOR = ";"


@dataclass(frozen=True)
class Column:
    """One column of a form: code, heading, type, list, rules, and the paragraph that asks for it.

    ``type`` is text, number, date, code or yesno. ``required`` is yes, blank, or the
    classification of cycles (areas, themes) in which the column is required.
    """

    code: str
    heading: str
    type: str
    required: str
    choices: str
    many: bool
    prefilled: bool
    optional_extra: bool
    width: int
    rules: tuple[Rule, ...]
    help: str
    para: str

    @property
    def list_name(self) -> str:
        """The code list of the column, or blank."""
        return "yesno" if self.type == "yesno" else self.choices if self.type == "code" else ""

    def is_told(self, classification: str) -> bool:
        """Whether something has to be said in it: required words, not numbers of rows; those of a
        least length say enough."""
        named = any(self.rule(kind) for kind in ("unique", "refers-to"))
        long = any(rule.kind == "length" and rule.operands[0] for rule in self.rules)
        words = self.type == "text" and not (self.prefilled or named or long)
        return words and self.is_required(classification)

    @property
    def numbers_rows(self) -> bool:
        """Whether it holds numbers of rows, of this sheet or of another."""
        return any(rule.kind in ("unique", "refers-to", "known-in") for rule in self.rules)

    def rule(self, kind: str) -> Rule | None:
        """The rule of that kind, if the column has one."""
        return next((rule for rule in self.rules if rule.kind == kind), None)

    def is_required(self, classification: str) -> bool:
        """Whether each row of a cycle so classified must fill this column."""
        return self.required in ("yes", classification)


@dataclass(frozen=True)
class FormSheet:
    """One sheet of a form: what it is called, its help line and its columns.

    ``one_of`` lists groups of columns of which each row needs one. ``prefilled`` names what the
    office fills in beforehand: areas, questions, results, or blank. ``words`` are the columns that
    tell what a row is about, whatever its number.
    """

    form: str
    name: str
    title: str
    help: str
    prefilled: str
    one_of: tuple[tuple[str, ...], ...]
    columns: Mapping[str, Column]
    words: tuple[str, ...] = ()

    @property
    def has_rows(self) -> bool:
        """Whether it has rows of data, which the Cover has not."""
        return self.name != COVER

    def by_heading(self, heading: str) -> str | None:
        """The column code whose heading this is, whatever its case."""
        return self._headings.get(heading.casefold())

    @property
    def key(self) -> str:
        """The column that numbers the rows of this sheet, or blank."""
        return next((c.code for c in self.columns.values() if c.rule("unique")), "")

    def row_key(self, classification: str) -> tuple[str, ...]:
        """The columns that together tell the rows of a return apart in a cycle so classified."""
        columns = list(self.columns.values())
        unique = [c for c in columns if c.rule("unique")]
        asked = [c for c in unique if c.is_required(classification)]
        named = asked or unique or [c for c in columns if c.required == "yes"][:2]
        return tuple(c.code for c in named)

    @cached_property
    def refers(self) -> Mapping[str, str]:
        """The columns that name a row of another sheet of the form, and that sheet."""
        found = {c.code: c.rule("refers-to") for c in self.columns.values()}
        return {code: rule.operand.partition(".")[0] for code, rule in found.items() if rule}

    @cached_property
    def _headings(self) -> Mapping[str, str]:
        return {column.heading.casefold(): column.code for column in self.columns.values()}

    @property
    def signs_of_life(self) -> tuple[str, ...]:
        """The columns of which one is filled where a row counts as a row of data."""
        columns = self.columns.values()
        return tuple(c.code for c in columns if not (self.prefilled and c.prefilled))


@dataclass(frozen=True)
class Form:
    """One of the reporting forms: its data sheets in order, and the Cover they share."""

    code: str
    label: str
    sheets: Mapping[str, FormSheet]
    cover: FormSheet


@lru_cache(maxsize=8)
def forms(codebook: Codebook) -> Mapping[str, Form]:
    """The forms of a codebook by code (S/2007/567, para. 4)."""
    cover = _sheet(codebook, EVERY_FORM, COVER)
    names: dict[str, list[str]] = {}
    for row in codebook.tables["form_sheets"]:
        names.setdefault(row["form"], []).append(row["sheet"])
    return {
        code: Form(
            code,
            codebook["forms"].label(code),
            {name: _sheet(codebook, code, name) for name in names.get(code, ())},
            cover,
        )
        for code in codebook["forms"]
    }


def data_sheets(codebook: Codebook) -> Iterator[FormSheet]:
    """Every data sheet of every form, in order."""
    for form in forms(codebook).values():
        yield from form.sheets.values()


def _sheet(codebook: Codebook, form: str, name: str) -> FormSheet:
    about = next(
        row for row in codebook.tables["form_sheets"] if (row["form"], row["sheet"]) == (form, name)
    )
    columns = {
        row["column"]: _column(row, line)
        for line, row in enumerate(codebook.tables["forms"], start=2)
        if (row["form"], row["sheet"]) == (form, name)
    }
    groups = [group.strip() for group in about["one_of"].split("|") if group.strip()]
    one_of = tuple(tuple(part.strip() for part in group.split("+")) for group in groups)
    words = tuple(code.strip() for code in about["words"].split(",") if code.strip())
    return FormSheet(
        form, name, about["title"], about["help"], about["prefilled"], one_of, columns, words
    )


def _column(row: Mapping[str, str], line: int) -> Column:
    texts = [text.strip() for text in row["rules"].split(SEPARATOR) if text.strip()]
    return Column(
        code=row["column"],
        heading=row["heading"],
        type=row["type"],
        required=row["required"],
        choices=row["choices"],
        many=row["many"] == "yes",
        prefilled=row["prefilled"] == "yes",
        optional_extra=bool(row["place"]),
        width=int(row["width"]),
        rules=tuple(rule_of(text, line) for text in texts),
        help=row["help"],
        para=row["para"],
    )
