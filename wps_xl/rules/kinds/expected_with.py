"""``expected with column``: asked for, but not demanded, where the other column is filled."""

from __future__ import annotations

from wps_xl.rules.kinds.required_with import when_filled

KIND = when_filled("expected-with", r"expected with (\w+)", "Expected")
