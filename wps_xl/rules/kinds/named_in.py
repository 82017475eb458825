"""``named in Sheet.column``: each row needs a row of that sheet which names it.

The sheet Check counts those that have none, and returns are asked about them on arrival, where
references that lead nowhere are known.
"""

from __future__ import annotations

from wps_xl.rules.kind import Kind

KIND = Kind(r"named in (\w+\.\w+)", says=lambda at: f"Each needs a row in sheet {at.target[0]}.")
