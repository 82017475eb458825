"""``at least N``: a number, a year of the cycle or another column, below which nothing is right."""

from __future__ import annotations

from wps_xl.rules.bounds import comparing

CODE = "below-minimum"

KIND = comparing(r"at least (-?\w+)", "Not below {}.", "<", (CODE, CODE), "{} or more")
