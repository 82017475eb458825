"""What a form tells the person who fills it in: the same rules that the checks apply, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wps_xl.codebook import Codebook, Cycle
from wps_xl.forms.definitions import Column, FormSheet, Rule

_TYPES: Mapping[str, str] = {
    "number": "A number.",
    "date": "A date.",
    "yesno": "Yes or No.",
}
SHORT_LIST = 7
_NUMBERS: Mapping[bool, str] = {
    True: "The letter of the area and a number, such as A-1.",
    False: "A number of your own, such as 1.",
}
_AREAS: Mapping[str, str] = {"areas": "area", "themes": "thematic area"}


def about(text: str, cycle: Cycle) -> str:
    """A title or a help line of a sheet in the words of the cycle's classification."""
    return text.replace("{area}", _AREAS[cycle.classification])


def instruction(sheet: FormSheet, column: Column, codebook: Codebook, cycle: Cycle) -> str:
    """The input message of one column: what it takes, when it is needed, its rules, its help."""
    parts = [
        "Required." if column.is_required(cycle.classification) else "",
        _takes(column, codebook),
        *(_SAYS[rule.kind](rule, sheet, codebook) for rule in column.rules),
        _numbered(sheet, column, cycle),
        column.help,
    ]
    return " ".join(part for part in parts if part)


def _numbered(sheet: FormSheet, column: Column, cycle: Cycle) -> str:
    """How rows are numbered: by the letter of an area only where the cycle asks for areas."""
    rule = column.rule("letter-of")
    if rule is None:
        return ""
    return _NUMBERS[sheet.columns[rule.operand].is_required(cycle.classification)]


def _takes(column: Column, codebook: Codebook) -> str:
    if column.type != "code":
        return _TYPES.get(column.type, "")
    codes = codebook[column.choices]
    several = " Several are separated by semicolons." if column.many else ""
    if len(codes) <= SHORT_LIST:
        labels = "; ".join(codes.label(code) for code in codes)
        # Said before the labels, which may be longer than what Excel shows.
        return (
            f"One or more of these, separated by semicolons: {labels}."
            if column.many
            else (f"One of: {labels}.")
        )
    return (
        f"Codes or names from the list.{several}"
        if column.many
        else "A code or name from the list."
    )


def _heading(sheet: FormSheet, code: str) -> str:
    if code in sheet.columns:
        return sheet.columns[code].heading
    return {"entity": "your own entity"}.get(code, code.replace("_", " "))


def _required_with(rule: Rule, sheet: FormSheet, codebook: Codebook) -> str:
    heading = _heading(sheet, rule.operand)
    if len(rule.operands) == 1:
        return f"Required with {heading}."
    codes = codebook[sheet.columns[rule.operand].list_name]
    labels = [codes.label(code) for code in rule.operands[1:]]
    return f"Required where {heading} is {' or '.join(labels)}."


def _required_unless(rule: Rule, sheet: FormSheet, codebook: Codebook) -> str:
    other, *wanted, instead = rule.operands
    codes = codebook[sheet.columns[other].list_name]
    labels = " or ".join(codes.label(code) for code in wanted)
    return (
        f"Required where {_heading(sheet, other)} is {labels}, or give {_heading(sheet, instead)}."
    )


def _together(rule: Rule, sheet: FormSheet, codebook: Codebook) -> str:
    *others, whole = (_heading(sheet, code) for code in rule.operands)
    return f"Together with {', '.join(others)} not above {whole}."


def _quotient(rule: Rule, sheet: FormSheet, codebook: Codebook) -> str:
    part, whole = (_heading(sheet, code) for code in rule.operands)
    return f"With {part} and {whole} it is their quotient, rounded."


def _refers_to(rule: Rule, sheet: FormSheet, codebook: Codebook) -> str:
    return f"It names a row of sheet {rule.operand.partition('.')[0]}."


def _length(rule: Rule, sheet: FormSheet, codebook: Codebook) -> str:
    low, high = rule.operands
    return f"{low} to {high} characters." if low else f"Up to {high} characters."


_SAYS: Mapping[str, Callable[[Rule, FormSheet, Codebook], str]] = {
    "unique": lambda rule, sheet, codebook: "Each row has its own.",
    "refers-to": _refers_to,
    "required-with": _required_with,
    "required-unless": _required_unless,
    "together-at-most": _together,
    "quotient": _quotient,
    "named-in": lambda rule, sheet, codebook: (
        f"Each needs a row in sheet {rule.operand.partition('.')[0]}."
    ),
    "known-in": lambda rule, sheet, codebook: "",
    "names-rows": lambda rule, sheet, codebook: "",
    "letter-of": lambda rule, sheet, codebook: "",
    "expected-with": lambda rule, sheet, codebook: (
        f"Expected with {_heading(sheet, rule.operand)}."
    ),
    "at-least": lambda rule, sheet, codebook: f"Not below {_heading(sheet, rule.operand)}.",
    "above": lambda rule, sheet, codebook: f"Above {_heading(sheet, rule.operand)}.",
    "at-most": lambda rule, sheet, codebook: f"Not above {_heading(sheet, rule.operand)}.",
    "length": _length,
    "not-before": lambda rule, sheet, codebook: f"Not before {_heading(sheet, rule.operand)}.",
    "differs-from": lambda rule, sheet, codebook: (
        f"It differs from {_heading(sheet, rule.operand)}."
    ),
    "within": lambda rule, sheet, codebook: f"Within the {rule.operand} period on the Cover.",
    "e-mail": lambda rule, sheet, codebook: "An e-mail address.",
}
