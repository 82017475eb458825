"""What a number looks like in a number format, as far as that changes what it means.

Numbers are shown with a point and commas, whatever the reader's own signs are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*)(?:;|$)')
_CONDITION = re.compile(r"\[(=|<|>|<=|>=|<>)(-?[\d.]+)\]")
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-([^\]]*))?\]|\[([^\]]*)\]|_.|\*.|(.)', re.DOTALL
)
_DIGITS = re.compile(r"[0#?](?:[0#?, ]*[0#?])?,*(?:\.[0#?]*)?,*|\.[0#?]+,*")
_MARK = "\x00"
# What belongs to the digits of a format; a minus sign or brackets say that a number is below zero.
_OF_DIGITS = re.compile(r"[\s()%\-−,.#?0*]")
_BELOW_ZERO = re.compile(r"[^\w]*[(\-−][^\w]*\d")
# Countries whose own money has the sign $, by the language that a format names for it.
_DOLLARS_OF = {
    **dict.fromkeys(("1009", "c0c", "en-ca", "fr-ca"), "Canada"),
    **dict.fromkeys(("c09", "en-au"), "Australia"),
    **dict.fromkeys(("1409", "en-nz"), "New Zealand"),
    **dict.fromkeys(("c04", "3c09", "zh-hk", "en-hk"), "Hong Kong"),
    **dict.fromkeys(("1004", "4809", "zh-sg", "en-sg"), "Singapore"),
    **dict.fromkeys(("404", "zh-tw"), "Taiwan"),
    **dict.fromkeys(("80a", "es-mx"), "Mexico"),
    **dict.fromkeys(("2c0a", "es-ar"), "Argentina"),
    **dict.fromkeys(("340a", "es-cl"), "Chile"),
    **dict.fromkeys(("240a", "es-co"), "Colombia"),
    **dict.fromkeys(("380a", "es-uy"), "Uruguay"),
    "en-jm": "Jamaica",
    **dict.fromkeys(("2c09", "en-tt"), "Trinidad"),
    **dict.fromkeys(("2809", "en-bz"), "Belize"),
}
_OF_TEXT = 4
"""The part of a format that holds for texts."""


@dataclass(frozen=True)
class Shown:
    """A number as its cell shows it.

    ``words`` are the letters and signs beside the digits, ``currency`` the sign of money that the
    format names, ``figure`` the number that the digits show; None where there are none.
    ``scale`` is by how much that figure was made smaller.
    """

    text: str
    words: str = ""
    currency: str = ""
    figure: float | int | None = None
    is_percent: bool = False
    scale: int = 1
    is_turned: bool = False


def shown(value: float, code: str) -> Shown:
    """What a cell with this value and number format shows."""
    section, magnitude, is_signed = _section(value, code)
    body, words, currency, colours = _literals(section)
    digits = _DIGITS.search(body)
    if "General" in body or body.strip(" " + _MARK) == "@":
        text = _filled(re.sub("General|@", lambda _: _plain(magnitude), body, count=1), words)
        return Shown(text.strip(), "".join(words).strip(), currency, value)
    if digits is None:
        text = _filled(body, words).strip()
        return Shown(text, text, currency)
    percents = body.count("%")
    scale = 1000 ** (len(digits[0]) - len(digits[0].rstrip(",")) + digits[0].count(",."))
    figure = round(magnitude * 100**percents / scale, 10)
    sign = "-" if is_signed else ""
    said = body[: digits.start()] + sign + _grouped(figure, digits[0]) + body[digits.end() :]
    text = _filled(said, words).strip()
    minus = value < 0 and not re.search(r"[-−(]", text) and "red" not in colours
    minus = minus or (value > 0 and _BELOW_ZERO.match(text) is not None)
    around = _OF_DIGITS.sub(" ", body[: digits.start()] + " " + body[digits.end() :])
    beside = _filled(around, words)
    return Shown(
        text,
        " ".join(beside.split()),
        currency.strip(),
        _whole(-figure if value < 0 else figure),
        "%" in body or "%" in beside,
        scale,
        minus,
    )


def shown_text(text: str, code: str) -> str:
    """What a cell with this text and number format shows."""
    parts = _parts(code)
    section = parts[-1] if len(parts) == _OF_TEXT or "@" in parts[-1] else "@"
    body, words, _, _ = _literals(section)
    return _filled(re.sub("General|@", lambda _: text.replace(_MARK, ""), body), words)


def _parts(code: str) -> list[str]:
    parts: list[str] = []
    for match in _SECTION.finditer(code):
        parts.append(match[1])
        if match[0] == match[1]:
            break
    return parts[:_OF_TEXT]


def _section(value: float, code: str) -> tuple[str, float, bool]:
    """The part of the format that holds for a number, the number, and whether it needs a sign."""
    parts = _parts(code)
    conditions = [_CONDITION.search(part) for part in parts]
    if any(conditions):
        for part, condition in zip(parts, conditions, strict=True):
            if condition is None or _holds(value, condition[1], float(condition[2])):
                return part, abs(value), value < 0
        return "General", abs(value), value < 0
    if value < 0 and len(parts) > 1:
        return parts[1], -value, False
    if value == 0 and len(parts) > 2:
        return parts[2], 0, False
    return parts[0] if parts else "General", abs(value), value < 0


def _holds(value: float, sign: str, bound: float) -> bool:
    order = (value > bound) - (value < bound)
    return order in {"=": (0,), "<": (-1,), ">": (1,), "<=": (-1, 0), ">=": (0, 1)}.get(
        sign, (-1, 1)
    )


def _literals(section: str) -> tuple[str, list[str], str, str]:
    """The format with its words taken out and marked, these words, its currency, its colours."""
    body, words, currency, colours = "", [], "", ""
    for match in _TOKEN.finditer(section):
        quoted, escaped, money, language, bracket, other = match.groups()
        literal = quoted if quoted is not None else escaped
        if money:
            currency += money
            country = _DOLLARS_OF.get((language or "").lower()) if money == "$" else None
            literal = f"$ ({country}) " if country else money
        if bracket:
            colours += bracket.casefold()
        if literal in (" ", "\u00a0", "\u202f"):
            body += " "
        elif literal is not None:
            body += _MARK
            words.append(literal)
        elif other is not None:
            body += " " if other in "\u00a0\u202f" else other
    return body, words, currency, colours


def _filled(body: str, words: list[str]) -> str:
    rest = iter(words)
    return "".join(next(rest, "") if mark == _MARK else mark for mark in body)


def _grouped(figure: float, pattern: str) -> str:
    whole, _, decimals = pattern.rstrip(",").partition(".")
    places = len(re.findall("[0#?]", decimals))
    least = whole.count("0")
    is_grouped = "," in whole or " " in whole
    text = f"{figure:,.{places}f}" if is_grouped else f"{figure:.{places}f}"
    before, point, after = text.partition(".")
    kept = decimals.count("0")
    after = after[:kept] + after[kept:].rstrip("0")
    before = before if is_grouped else before.zfill(least)
    return f"{before}{point}{after}" if after else before


def _plain(figure: float) -> str:
    return str(_whole(figure))


def _whole(figure: float) -> float | int:
    return int(figure) if figure == int(figure) else figure
