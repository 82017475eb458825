"""``above N``: a number that is not reached, but exceeded."""

from __future__ import annotations

from wps_xl.rules.bounds import comparing
from wps_xl.rules.kinds.at_least import CODE

KIND = comparing(r"above (-?\w+)", "Above {}.", "<=", (CODE, CODE), "above {}")
