"""``known in Sheet.column``: a number of a form that the entity sent before, asked about there."""

from __future__ import annotations

from wps_xl.rules.kind import Kind

KIND = Kind(r"known in (\w+\.\w+)")
