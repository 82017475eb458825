"""The state of Excel while something is written into it: quiet, and afterwards as before."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from wps_xl.desk.hosts.excel_errors import excel_errors

_QUIET = {
    "screen_updating": False,
    "display_alerts": False,
    "enable_events": False,
    "calculation": "manual",
}


@contextlib.contextmanager
def quiet(app: Any) -> Iterator[None]:
    """Excel without redrawing, questions, events and recalculation; afterwards all as before."""
    before = {name: getattr(app, name) for name in _QUIET}
    try:
        for name, value in _QUIET.items():
            setattr(app, name, value)
        yield
    finally:
        for name in _QUIET:
            put_back(app, name, before[name])


def put_back(app: Any, name: str, value: object) -> None:
    """Set one state, once more where Excel was busy: no state may be left behind."""
    try:
        setattr(app, name, value)
    except excel_errors():
        with contextlib.suppress(*excel_errors()):
            setattr(app, name, value)
