"""``an e-mail address``: one, without words around it."""

from __future__ import annotations

import re

from wps_xl.rules.conditions import no_e_mail
from wps_xl.rules.kind import At, Check, Kind
from wps_xl.rules.rows import Detail, Rows

CODE = "not-an-e-mail"
_ADDRESS = r"[^@\s]+@[^@\s]+\.[^@\s]+$"


def _detail(at: At, rows: Rows, position: int) -> Detail:
    text = re.sub(r"\s*(?:\(at\)|\[at\]| at )\s*", "@", rows.shown(position, at.code))
    text = text.replace(" ", "").replace(",", ".")
    return Detail(suggestion=text if re.match(_ADDRESS, text) else "")


KIND = Kind(
    "an e-mail address",
    says=lambda at: "An e-mail address.",
    checks=lambda at: {CODE: Check("str_matches", {"pattern": _ADDRESS})},
    formulas=lambda at: {CODE: no_e_mail(at.code)},
    raises={CODE: _detail},
)
