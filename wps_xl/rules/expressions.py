"""Parts of formulas that know what they give: number, text or logical value.

Excel ranks numbers below texts below logical values, so that FALSE>0 is TRUE there and nowhere
else. The types keep like with like, and ``flag`` is the one place where a logical value becomes a
number. Cells are compared as the texts that TRIM makes of them: a blank cell equals both 0 and "",
and the number 5 does not equal the text 5. COUNTIF, and SEARCH on what somebody typed, are not
used: to them "<5", "A*" and "1.10" are patterns and numbers.
"""

from __future__ import annotations

from typing import NewType, TypeVar

Number = NewType("Number", str)
Text = NewType("Text", str)
Logical = NewType("Logical", str)
Flag = NewType("Flag", Number)
"""The number 1 or 0, or a product of such."""

Same = TypeVar("Same", Number, Text)

ZERO = Number("0")
LONGEST_KEY = 100
"""By how many letters keys are told apart: MATCH fails over 255."""
STAND_INS = {"~": "¬", "*": "×", "?": "¿"}
"""What stands for MATCH's signs in keys: LibreOffice takes them for letters in what a formula gives
and for signs in cells, Excel for signs in both."""


def cell(code: str) -> str:
    """The cell of a column in the row looked at, until a sheet gives its address."""
    return f"{{{code}}}"


def flag(test: Logical) -> Flag:
    """1 where the test holds, else 0; N() would see only the first of several cells."""
    return Flag(Number(f"(1*({test}))"))


def every(*flags: Flag) -> Flag:
    """1 where all flags are 1."""
    return Flag(Number("*".join(flags)))


def some(*flags: Flag) -> Flag:
    """1 where at least one flag is 1."""
    if len(flags) == 1:
        return flags[0]
    return flag(compared(plus(*flags), ">", ZERO))


def plus(*numbers: Number) -> Number:
    """The sum of numbers, to be compared or put into a function."""
    return Number("+".join(numbers))


def total(number: Number) -> Number:
    """The sum over all rows; what stands inside is computed row by row in every program."""
    return Number(f"SUMPRODUCT({number})")


def compared(one: Same, sign: str, two: Same) -> Logical:
    """Whether ``=``, ``<``, ``<=``, ``>`` or ``>=`` holds of two numbers or of two texts."""
    return Logical(f"{one}{sign}{two}")


def quoted(text: str) -> Text:
    """The text as a constant."""
    return Text('"' + text.replace('"', '""') + '"')


def trimmed(cell: str) -> Text:
    """What stands in a cell as text, without spaces at the ends; "" where it is blank."""
    return Text(f"TRIM({cell})")


def key_text(cell: str) -> Text:
    """What rows are told apart by: a cell's text as far as it counts, without MATCH's signs."""
    text = Text(f"LEFT({trimmed(cell)},{LONGEST_KEY})")
    for sign, stand_in in STAND_INS.items():
        text = replaced(text, quoted(sign), quoted(stand_in))
    return text


def size(text: str) -> Number:
    """How many letters a text, or a cell, has."""
    return Number(f"LEN({text})")


def replaced(text: Text, old: str, new: str) -> Text:
    """The text with one word in the place of another."""
    return Text(f"SUBSTITUTE({text},{old},{new})")


def position(text: Text, cells: str) -> Number:
    """Which of the cells is the first with this text, an error where none is."""
    for sign in STAND_INS:
        text = replaced(text, quoted(sign), quoted(f"~{sign}"))
    return Number(f"MATCH({text},{cells},0)")


def key_position(key: Text, keys: str) -> Number:
    """Which of the keys is the first that equals this one, an error where none does."""
    return Number(f"MATCH({key},{keys},0)")


def place_in(letter: str, text: Text, start: str = "1") -> Number:
    """Where a letter stands in a text, an error where it does not."""
    return Number(f"FIND({quoted(letter)},{text},{start})")


def is_text(cell: str) -> Logical:
    """Whether a cell holds text."""
    return Logical(f"ISTEXT({cell})")


def is_number(value: str) -> Logical:
    """Whether a cell holds a number or a date, or a formula gives one."""
    return Logical(f"ISNUMBER({value})")


def is_error(value: str) -> Logical:
    """Whether a cell shows an error, or a formula gives one."""
    return Logical(f"ISERROR({value})")


def has_something(cell: str) -> Logical:
    """Whether anything stands in a cell, be it a space."""
    return Logical(f"NOT(ISBLANK({cell}))")


def is_filled(cell: str) -> Logical:
    """Whether more than spaces stands in a cell."""
    return compared(size(trimmed(cell)), ">", ZERO)


def is_blank(cell: str) -> Logical:
    """Whether nothing or only spaces stand in a cell."""
    return compared(size(trimmed(cell)), "=", ZERO)
