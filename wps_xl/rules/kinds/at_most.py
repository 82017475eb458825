"""``at most N`` or ``at most column``: a number, or the whole of which this is a part."""

from __future__ import annotations

from wps_xl.rules.bounds import comparing

CODES = ("above-maximum", "part-over-whole")

KIND = comparing(r"at most (-?\w+)", "Not above {}.", ">", CODES, "{} or less")
