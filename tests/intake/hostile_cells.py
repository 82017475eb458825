"""What the file of a return may hold for one cell: odd XML, and what is to be said of it.

Each is put in place of cell D6 of sheet Measures, a number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from intake.hostile import packed, parts

_CELL = re.compile(r'<c r="D6"[^>]*?(?:/>|>.*?</c>)')


def stored(value: str, attributes: str = "", at: str = "D6") -> str:
    return f'<c r="{at}"{attributes}><v>{value}</v></c>'


def holding(inside: str, attributes: str = "") -> str:
    return f'<c r="D6"{attributes}>{inside}</c>'


LINK = "<f>[1]Staff!$A$1*2</f><v>22</v>"
# Name: (XML of the cell, code of the issue at D6, what it says was found).
CELLS: Mapping[str, tuple[str, str, str]] = {
    "beyond any number": (stored("1E400"), "no-value", "1E400"),
    "beyond any number below zero": (stored("-1E400"), "no-value", "-1E400"),
    "not a number": (stored("NaN"), "no-value", "NaN"),
    "infinity": (stored("INF"), "no-value", "INF"),
    "infinity in words": (stored("-Infinity"), "no-value", "-Infinity"),
    "400 digits": (stored("9" * 400), "no-value", "9" * 79 + "…"),
    "formula beyond any number": (holding("<f>B1</f><v>1E999</v>"), "no-value", "1E999"),
    "text that there is not": (stored("99999", ' t="s"'), "no-value", "the number 99999 of a text"),
    "text below zero": (stored("-1", ' t="s"'), "no-value", "the number -1 of a text"),
    "text by a word": (stored("abc", ' t="s"'), "no-value", "the number abc of a text"),
    "logical value 2": (stored("2", ' t="b"'), "no-value", "2"),
    "logical word": (stored("maybe", ' t="b"'), "no-value", "maybe"),
    "day that is none": (stored("soon", ' t="d"'), "not-a-number", "soon"),
    "unknown type": (stored("seven", ' t="zz"'), "not-a-number", "seven"),
    "column beyond all": (stored("7", at="ZZZZ6"), "no-value", "7 under the address ZZZZ6"),
    "column after the last": (stored("7", at="XFE6"), "no-value", "7 under the address XFE6"),
    "address turned round": (stored("7", at="6D"), "no-value", "7 under the address 6D"),
    "address of another row": (stored("7", at="D7"), "no-value", "7 under the address D7"),
    "address without row": (stored("7", at="D0"), "no-value", "7 under the address D0"),
    "two at one address": (stored("7") + stored("8"), "no-value", "7; 8"),
    "three at one address": (stored("7") + stored("8") + stored("9"), "no-value", "7; 8; 9"),
    "two values": (holding("<v>7</v><v>8</v>"), "no-value", "7 and 8"),
    "value and text": (
        holding("<is><t>7</t></is><v>8</v>", ' t="inlineStr"'),
        "no-value",
        "7 and 8",
    ),
    "number as a text in the sheet": (holding("<v>7</v>", ' t="inlineStr"'), "no-value", "7"),
    "cell in a cell": (holding(stored("7", at="E6")), "no-value", "7"),
    "something in a value": (holding("<v><x>7</x></v>"), "no-value", "7"),
    "words beside the value": (holding("7"), "no-value", "7"),
    "error without a name": (stored("", ' t="e"'), "no-value", "an error without its name"),
    "number as an error": (stored("7", ' t="e"'), "no-value", "7"),
    "error of no program": (stored("#WEIRD!", ' t="e"'), "error-value", "#WEIRD!"),
    "error as a number": (stored("#REF!"), "not-a-number", "#REF!"),
    "number and letters": (stored("12abc"), "not-a-number", "12abc"),
    "number of programmers": (stored("0x10"), "not-a-number", "0x10"),
    "zero byte": (stored("a_x0000_b", ' t="str"'), "not-a-number", "a␀b"),
    "half a letter": (stored("_xD800_", ' t="str"'), "not-a-number", "_xD800_"),
    "40,000 letters": (stored("x" * 40_000, ' t="str"'), "not-a-number", "x" * 79 + "…"),
    "other workbook": (holding(LINK), "linked-value", "=[1]Staff!$A$1*2"),
    "other workbook by its path": (
        holding(LINK.replace("[1]Staff", r"'C:\a\[b.xlsx]My staff'")),
        "linked-value",
        r"='C:\a\[b.xlsx]My staff'!$A$1*2",
    ),
}
# What is odd and can be read all the same: the value of D6.
SOUND: Mapping[str, tuple[str, object]] = {
    "small letters": (stored("7", at="d6"), 7),
    "fixed address": (stored("7", at="$D$6"), 7),
    "no address": (stored("7", at=""), 7),
    "the same twice": (stored("7") + stored("7"), 7),
    "sign": (stored("+7"), 7),
    "marked section": (holding("<v><![CDATA[7]]></v>"), 7),
    "remark in a number": (holding("<v>1<!--x-->2</v>"), 12),
    "digit by its number": (holding("<v>&#55;</v>"), 7),
    "style that there is not": (stored("7", ' s="99999"'), 7),
    "column of a table of the workbook": (
        holding("<f>Staff[1]*Staff[[#This Row],[2]]</f><v>7</v>"),
        7,
    ),
}


def with_cell(measures: str, xml: str) -> bytes:
    """A workbook with sheet Measures of a return alone, with this XML in place of cell D6."""
    return packed(parts({"Measures": _CELL.sub(lambda _: xml, measures, count=1).encode()}))
