"""Text as people paste it: what may be tidied without loss, and how to show what cannot be seen."""

from __future__ import annotations

import datetime as dt
import re
import string
import unicodedata
from collections.abc import Iterator

from wps_xl.model.books import Value

Span = tuple[int, int]
"""Where a piece of a text begins and ends."""
_SPACES = dict.fromkeys(map(ord, "\u00a0\u1680\u2007\u202f\u205f\u3000"), " ")
# Marks of writing direction, which keyboards and programs put around text that they paste.
_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Further signs that nobody sees; those after a picture sign choose its colours.
_UNSEEN = "\u034f\u180e\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f"
# Letters that are drawn as nothing, which people type to make a cell look blank.
_UNSEEN += "\u115f\u1160\u2800\u3164\uffa0\ufff9\ufffa\ufffb"
_VARIANTS = "".join(map(chr, range(0xFE00, 0xFE10)))
_ZERO_WIDTH = dict.fromkeys(
    map(ord, f"\u200b\u200c\u200d\u2060\ufeff\u00ad{_DIRECTION}{_UNSEEN}{_VARIANTS}"), None
)
# Signs of the fonts Symbol and Wingdings, as Word and Outlook paste them.
_SYMBOLS = {
    "\uf02d": "-",
    "\uf06c": "●",
    "\uf06e": "■",
    "\uf076": "❖",
    "\uf0a7": "▪",
    "\uf0a8": "◻",
    "\uf0b7": "•",
    "\uf0d8": "➢",
    "\uf0e0": "→",
    "\uf0e8": "→",
    "\uf0fc": "✓",
}
# The letters and digits of these fonts, which in a code or a number are those they look like.
_PRIVATE = {0xF000 + ord(sign): sign for sign in "-./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_UNPRINTABLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffc\ue000-\uf8ff\U000f0000-\U0010ffff"
)
_OBJECT = "\ufffc"
_CONTROL: dict[int, int | str] = dict.fromkeys(range(0xE000, 0xF900), "▯")
_CONTROL |= {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"}
_CONTROL |= {127: 0x2421, 0x2028: "\n", 0x2029: "\n", 0xFFFC: "▯"}
_CONTROL |= {ord(sign): shown for sign, shown in _SYMBOLS.items()}
# Signs of Windows that a program took for control characters.
_CONTROL |= {
    code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", "▯")
    for code in range(0x80, 0xA0)
}
_CONTROL_MARK = re.compile(f"[{_UNPRINTABLE}]")
# Signs that programs take for printable, but that nobody sees.
_NOT_SEEN = re.compile("[\u115f\u1160\u2800\u3164\uffa0\ufffc]")
# What stands before or behind a code or a number and is no part of it.
_BULLET = re.compile("^[•●■▪◦‣❖◻➢→✓·] *(?=[^ ])|(?<=[^ ]) *[•●■▪◦‣❖◻➢→✓·]$")
_AT_ENDS = re.compile(f"^[{_UNPRINTABLE}]+|[{_UNPRINTABLE}]+$")
# Raised or ringed signs are marks of notes and no digits, whatever they look like.
_RAISED = re.compile("([ª²³¹º\u2070-\u209c\u2460-\u24ff\u2776-\u2793]+)")
_SOFT_HYPHEN = re.compile(r"(?<=\w)\u00ad(?=\w)")
_SIGNS = str.maketrans("", "", f"{string.punctuation}{string.whitespace}")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
# Letters of other scripts that look like Latin ones, and hyphens that look like the common one.
_LOOK_ALIKES = (
    str.maketrans(
        "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοӀҮԌԚԜһԁԛԝ‐‑‒–—―−﹣－⁃˗֊־᠆ー",
        "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXoIYGQWhdqw---------------",
    )
    | _PRIVATE
)
_FROM_FONTS = {0xFFFC: "", **{ord(sign): shown for sign, shown in _SYMBOLS.items()}, **_PRIVATE}
_VISIBLE = {
    " ": "␠",
    "\u00a0": "⍽",
    "\u202f": "⍽",
    "\u2007": "⍽",
    "\t": "⇥",
    "\n": "↵",
    "\r": "↵",
    "\u200b": "[zero-width space]",
    "\u200c": "[zero-width non-joiner]",
    "\u200d": "[zero-width joiner]",
    "\u2060": "[word joiner]",
    "\ufeff": "[byte-order mark]",
    "\u00ad": "[soft hyphen]",
    "\u2028": "↵",
    "\u2029": "↵",
    **{mark: f"[{unicodedata.name(mark).lower()}]" for mark in _DIRECTION + _UNSEEN},
}


def is_plain(text: str) -> bool:
    """Whether the text has nothing to tidy: no spaces at the ends, nothing invisible."""
    return (
        text.isprintable()
        and text[:1] != " "
        and text[-1:] != " "
        and (text.isascii() or not _NOT_SEEN.search(text))
    )


def trimmed(text: str) -> str:
    """The text without white space at its ends; inside it nothing changes."""
    return text.strip(f" \t\r\n\u00a0\u202f\u2007\u200b\ufeff{_DIRECTION}{_UNSEEN}")


def squeezed(text: str) -> str:
    """The text as a code or number is compared: one kind of space, none doubled or invisible."""
    if text.isascii():
        return " ".join(text.split())
    plain = unicodedata.normalize("NFC", text).translate(_SPACES).translate(_ZERO_WIDTH)
    return " ".join(plain.split())


def folded(text: str) -> str:
    """The text in common letters and digits, without signs that no font has; raised ones stay."""
    if text.isascii() and text.isprintable():
        return text
    plain = _BULLET.sub("", _AT_ENDS.sub("", text.translate(_FROM_FONTS)))
    pieces = _RAISED.split(plain)
    pieces[::2] = (unicodedata.normalize("NFKC", piece) for piece in pieces[::2])
    return _OTHER_DIGIT.sub(_digit, "".join(pieces))


def _digit(sign: re.Match[str]) -> str:
    """A digit of any script as that of ours."""
    return str(unicodedata.decimal(sign[0]))


def without_raised(text: str) -> str:
    """The text without raised or ringed signs, which are marks of notes."""
    return text if text.isascii() else _RAISED.sub("", text)


def latin(text: str) -> str:
    """A code or number with the letters and hyphens it is likely to be meant with."""
    plain = _SOFT_HYPHEN.sub("-", folded(text)).translate(_LOOK_ALIKES)
    return squeezed(plain)


def letters(text: str) -> str:
    """The letters and digits of a text, whatever case, signs and spaces it was typed with."""
    if text.isascii():
        plain = text.casefold().replace(" ", "")
        # Letters and digits have no signs between them, as most cells show at once.
        return plain if plain.isalnum() else plain.translate(_SIGNS)
    return "".join(filter(str.isalnum, latin(text.casefold())))


def has_control(text: str) -> bool:
    """Whether the text holds characters that no document can carry."""
    return _CONTROL_MARK.search(text) is not None


def show_control(text: str) -> str:
    """The text with control characters as the pictures Unicode has for them; none is dropped."""
    return text.translate(_CONTROL)


def visible(text: str, limit: int = 80) -> str:
    """The text for a message: spaces at the ends and invisible characters shown, long text cut."""
    core = trimmed(text)
    start = text.index(core) if core else 0
    head, tail = text[:start], text[start + len(core) :]
    if len(core) > limit:
        core = f"{core[: limit - 1]}…"
    shown = [_VISIBLE.get(mark, mark) for mark in head]
    shown += [mark if mark == " " else _VISIBLE.get(mark, mark) for mark in core]
    shown += [_VISIBLE.get(mark, mark) for mark in tail]
    return show_control("".join(shown) if core else "".join(_VISIBLE.get(m, m) for m in text))


def show_held(value: Value) -> str:
    """What a cell holds, as the entity sees it."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.time):
        value = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)


def shortened(text: str, limit: int) -> str:
    """The text, cut at the end of a word where it has more than ``limit`` UTF-16 units."""
    if units(text) <= limit:
        return text
    words = text[:limit].split(" ")
    while len(words) > 1 and units(" ".join(words)) > limit - 1:
        words.pop()
    kept = " ".join(words)
    while units(kept) > limit - 1:
        kept = kept[:-1]
    return f"{kept.rstrip(' ,;:.')}…"


def units(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def as_words(name: str) -> str:
    """The name of a file as text; what is none in it is shown by its number."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def said_beyond(said: str, more: str) -> str:
    """What a second sentence says that the first one has not said already; blank if nothing."""
    left = [part for part in re.split(r"(?<=[.;]) ", more) if part.rstrip(".;") not in said]
    return f"{' '.join(left).rstrip('.;')}." if left else ""


def sentences(text: str) -> Iterator[Span]:
    """Where each sentence begins and ends; ``para. 43`` and ``No. 5`` do not end one."""
    start = 0
    for stop in re.finditer(r"[.!?][”\"’)]*\s+(?=[A-Z0-9“\"(])", text):
        if not _ABBREVIATION.search(text[max(start, stop.start() - 8) : stop.start() + 1]):
            yield start, stop.end()
            start = stop.end()
    if start < len(text):
        yield start, len(text)


_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:paras?|sects?|arts?|chaps?|figs?|vols?|nos?|pp?|op|cf|st|mr|mrs|ms|dr"
    r"|e\.g|i\.e|a\.m|p\.m|rev|corr|add|distr|[A-Z])\.$",
    re.IGNORECASE,
)
