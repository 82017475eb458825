"""``not before column`` or a date of the cycle: where what is dated begins."""

from __future__ import annotations

from wps_xl.rules.bounds import comparing

CODES = ("before-first-date", "dates-order")

KIND = comparing(r"not before (\w+)", "Not before {}.", "<", CODES)
