"""Numbers and dates that were typed as text: read where one reading is possible, else asked."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from math import isfinite

from wps_xl.model import Value
from wps_xl.model.text import folded, latin, squeezed

_DOLLARS = re.compile(r"(?i)U\.?S\.? ?\$|(?<![a-z])(?:USD|US dollars?|dollars?)(?![a-z])|\$")
_OTHER_CURRENCY = re.compile(
    r"(?i)(?<![a-z])(?:(?:AU?|CA?|CAN|NZ|HK|NT|MX|AR|S|R)\$"
    r"|(?:euros?|yen|yuan|CFA|FCFA|f\.? ?cfa|francs?|pounds?|pesos?|rupees?|rubles?|roubles?"
    r"|kroner|kronor|kr|rs|ksh|tsh|ush|shillings?|dinars?|dirhams?|ri[ay]als?|birr|naira|cedis?"
    r"|rand|taka|zł|kč|руб(?:лей)?|元|円|درهم|دينار|ريال)(?![^\W\d_]))"
    r"|^R(?=[ \d])"
)
# Codes of the currencies of the world that are in use, in capitals; some are words as well.
_CODES = re.compile(
    "(?<![A-Za-z])(?:AED|AFN|ALL|AMD|AOA|ARS|AUD|AZN|BAM|BDT|BGN|BHD|BIF|BND|BOB|BRL|BTN|BWP|BYN|CAD"
    "|CDF|CHF|CLP|CNY|COP|CRC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|GBP|GEL|GHS|GMD|GNF"
    "|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KRW|KWD|KZT|LAK"
    "|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MRU|MUR|MVR|MWK|MXN|MYR|MZN|NAD|NGN|NIO|NOK|NPR"
    "|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RMB|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SLE|SLL"
    "|SOS|SRD|SSP|STN|SYP|SZL|THB|TJS|TMT|TND|TRY|TTD|TZS|UAH|UGX|UYU|UZS|VES|VND|VUV|XAF|XCD|XOF"
    "|XPF|YER|ZAR|ZMW|ZWL)(?![A-Za-z])"
)
# What may stand beside the one number of a text without making it another number.
_ABOUT = re.compile(r"(?i)(?:about|around|approximately|approx\.?|circa|ca\.?|[~≈±<>+* ])*")
_PERCENT = re.compile(r"\s*%$|\s*per ?cent$")
_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "k": 1_000,
    "thousand": 1_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
    **dict.fromkeys(("mille", "millier", "tsd", "тыс", "тысяч", "千", "ألف"), 1_000),
    **dict.fromkeys(("lakh", "lac"), 100_000),
    **dict.fromkeys(("millón", "millone", "млн", "百万", "مليون"), 1_000_000),
    **dict.fromkeys(("milliard", "mrd", "млрд", "مليار"), 1_000_000_000),
    "万": 10_000,
    "萬": 10_000,
    "亿": 100_000_000,
    "億": 100_000_000,
}
# Signs of number formats, which in a text may as well be units.
_SIGNS = {"m": 1_000_000, "mm": 1_000_000, "mio": 1_000_000, "b": 1_000_000_000}
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_LONGEST = 400
# Money that is written together with the word for its scale, as in k€ and MUSD.
_MONEY_BESIDE = re.compile(r"us\$|usd|eur|[€$£¥]")
_HYPHEN_FIRST = re.compile("^[‐–—]")
# What programs write before and after the words of a day: its name, the time of the day.
_WEEKDAY = re.compile(r"(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[. ]+")
_HOURS = re.compile(r"(?i) \d{1,2}:\d\d(?::\d\d)?(?: ?(?:gmt|utc|z))?(?:[+-]\d{4})?(?: \(.*\))?$")
# Midnight of another zone as programs give it in that of Greenwich: it may be the day after.
_LATE = re.compile(r"T(?:1[2-9]|2[0-3]):(?:00|15|30|45)(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)")
# Arabic signs of thousands, of decimals and of per cent.
_SEPARATORS = str.maketrans("٬٫٪", "'.%")
_CLOCK = r"[T ][\d:.]+ ?(?:Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?"
SERIALS = range(36526, 55153)  # 1 January 2000 to 31 December 2050
_SERIAL_ORIGIN = dt.datetime(1899, 12, 30)
_NO_DAYS = (_SERIAL_ORIGIN.date(), dt.date(1899, 12, 31), dt.date(1904, 1, 1))


def number(text: str, style: str) -> float | int | None:
    """The one number that ``text`` states in the cycle's style (``1,234.5``), else None.

    A percentage is given as its figure (``61 %`` is 61), and so are US dollars.
    """
    body = _bare(text)
    return _plain(body, *_marks(style))


def readings(text: str, style: str) -> list[float | int]:
    """The numbers that ``text`` may mean in one style or the other.

    Where it holds one number among words: that number, if the words only say that it is about so
    much, or that many thousands, millions or billions.
    """
    body = _bare(text)
    thousands, point = _marks(style)
    found = [_plain(body, thousands, point), _plain(body, point, thousands)]
    if found == [None, None]:
        if re.fullmatch(r"\(.+\)", body):
            inner = _plain(body[1:-1], thousands, point)
            return [-inner] if inner is not None else []
        found = [_among_words(body, thousands, point)]
    return list(dict.fromkeys(value for value in found if value is not None))


def other_currency(text: str) -> bool:
    """Whether ``text`` is an amount in another currency than the US dollar."""
    if not any(map(str.isdigit, text)):
        return False
    plain = squeezed(text)
    if any(sign != "$" and unicodedata.category(sign) == "Sc" for sign in plain):
        return True
    return (_OTHER_CURRENCY.search(plain) or _CODES.search(plain)) is not None


def is_foreign(currency: str) -> bool:
    """Whether a sign or code of money, as a number format names it, is not the US dollar's."""
    return any(map(_is_letter, currency)) and not _DOLLARS.fullmatch(squeezed(currency))


def is_dollars(text: str) -> bool:
    """Whether ``text`` names US dollars."""
    return _DOLLARS.search(text) is not None


def scale(word: str) -> int:
    """How many units a word such as ``million`` stands for; 1 for any other word."""
    text = _MONEY_BESIDE.sub("", word.casefold()).strip(".")
    return _SIGNS.get(text, _SCALES.get(text.removesuffix("s"), 1))


def _is_letter(mark: str) -> bool:
    return not (mark.isdigit() or mark.isspace())


def is_percentage(text: str) -> bool:
    """Whether ``text`` says that its number is one of per cent."""
    return _PERCENT.search(squeezed(text)) is not None


def _among_words(body: str, thousands: str, point: str) -> float | int | None:
    """The number of a text such as ``about 1.2 million``; None where the words may say more."""
    alone = re.findall(r"\d[\d.,]*", body)
    if len(alone) != 1:
        return None
    digits = alone[0].rstrip(".,")
    before, _, after = body.partition(alone[0])
    value = _plain(digits, thousands, point)
    word = after.split(maxsplit=1)[0].casefold() if after.strip() else ""
    scale = _SCALES.get(word)
    if scale is None:
        return value if _ABOUT.fullmatch(f"{before} {after}") else None
    either_way = {_plain(digits, point, thousands), value} - {None}
    rest = after.strip()[len(word) :]
    if value is None or len(either_way) > 1 or not _ABOUT.fullmatch(f"{before} {rest}"):
        return None
    scaled = round(float(value) * scale, 2)
    if not isfinite(scaled):
        return None
    return int(scaled) if scaled == int(scaled) else scaled


def dates(text: str) -> list[dt.datetime]:
    """The days that ``text`` may mean: one, or two where day and month may be exchanged."""
    body = latin(text).replace(",", " ").strip(". ")
    match = re.fullmatch(rf"(\d{{4}})[-/. ](\d{{1,2}})[-/. ](\d{{1,2}})(?:{_CLOCK})?", body)
    if match:
        year, month, day = map(int, match.groups())
        days = _days((year, month, day))
        return [*days, *(one + dt.timedelta(1) for one in days if _LATE.search(body))]
    match = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", body)
    if match:
        first, second, year = map(int, match.groups())
        return _days((year, second, first), (year, first, second))
    body = _HOURS.sub("", _WEEKDAY.sub("", " ".join(body.split())))
    words = body.lower().replace("-", " ").split()
    match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,}) (\d{4})", " ".join(words))
    if match:
        return _named(match[3], match[2], match[1])
    match = re.fullmatch(r"([a-z]{3,}) (\d{1,2})(?:st|nd|rd|th)? (\d{4})", " ".join(words))
    return _named(match[3], match[1], match[2]) if match else []


def moment(value: Value) -> Value:
    """The moment that a text with the sign T states, as programs write what Excel made a date.

    On the day from which Excel counts it is a time of day. Any other value is given back.
    """
    if not (isinstance(value, str) and value[10:11] == "T" and value[:4].isdigit()):
        return value
    try:
        found = dt.datetime.fromisoformat(value.strip()).replace(tzinfo=None)
    except ValueError:
        return value
    return found.time() if found.date() in _NO_DAYS else found


def from_serial(serial: float) -> dt.datetime:
    """The day that Excel stores as this number."""
    return _SERIAL_ORIGIN + dt.timedelta(days=int(serial))


def to_serial(day: dt.datetime) -> int:
    """The number as which Excel stores a day."""
    days = (day - _SERIAL_ORIGIN).days
    # Excel has a 29 February 1900, which never was.
    return days if days > 60 else days - 1


def _bare(text: str) -> str:
    body = squeezed(folded(text)).translate(_SEPARATORS)
    body = _DOLLARS.sub("", body).replace("−", "-").replace("’", "'").strip()
    return _HYPHEN_FIRST.sub("-", _PERCENT.sub("", body).strip())


def _marks(style: str) -> tuple[str, str]:
    return (".", ",") if style.rfind(",") > style.rfind(".") else (",", ".")


def _plain(body: str, thousands: str, point: str) -> float | int | None:
    grouped = rf"-?\d{{1,3}}(?:[{re.escape(thousands)} ']\d{{3}})+(?:{re.escape(point)}\d+)?"
    single = rf"-?\d+(?:{re.escape(point)}\d+)?"
    if not re.fullmatch(rf"{grouped}|{single}", body):
        return None
    digits = re.sub(rf"[{re.escape(thousands)} ']", "", body).replace(point, ".")
    # A cell holds no number beyond 308 digits, and Python reads none of thousands.
    if len(digits) > _LONGEST or not isfinite(float(digits)):
        return None
    return float(digits) if "." in digits else int(digits)


def _days(*candidates: tuple[int, int, int]) -> list[dt.datetime]:
    found = []
    for year, month, day in candidates:
        try:
            found.append(dt.datetime(year, month, day))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _named(year: str, month: str, day: str) -> list[dt.datetime]:
    fits = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(month)]
    return _days((int(year), fits[0], int(day))) if len(fits) == 1 else []
