"""``may name rows of Sheet.column``: a text that may name rows, each of which is looked for."""

from __future__ import annotations

from wps_xl.rules.kind import Kind

KIND = Kind(r"may name rows of (\w+\.\w+)")
