"""What happened in the test engine's Excel, and which of its calls shall fail."""

from __future__ import annotations

import xlwings as xw


class Record:
    """What happened: calls, questions, alerts, texts of the status bar, pivots refreshed; what was
    answered, and the numbers of the calls that shall fail."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.failing: frozenset[int] = frozenset()
        self.alerts: list[str] = []
        self.modes: list[str] = []
        self.questions: list[str] = []
        self.status: list[object] = []
        self.refreshed: list[str] = []
        self.answers: list[object] = []
        self.quiet = True


RECORD = Record()


def called(name: str) -> None:
    """Note a call, and fail if it is its turn."""
    if RECORD.quiet:
        return
    RECORD.calls.append(name)
    if len(RECORD.calls) in RECORD.failing:
        raise xw.XlwingsError(f"call {len(RECORD.calls)}, {name}: Excel is busy")
