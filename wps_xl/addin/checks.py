"""What one look at the computer found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. ``advice`` is blank where all is well."""

    what: str
    found: str
    advice: str = ""

    @property
    def line(self) -> str:
        """The check as one line of a table."""
        mark = "!!" if self.advice else "ok"
        return f"{mark}  {self.what:<16}{self.found}" + (f". {self.advice}" if self.advice else "")
