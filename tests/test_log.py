"""A fault of wps_xl itself: one sentence, with a log or without."""

from __future__ import annotations

from pathlib import Path

import pytest

from wps_xl.log import noted


def test_a_log_that_has_no_place_is_said_in_the_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("no folder", encoding="utf-8")
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "state"))

    said = noted("Report")

    assert said.startswith("Report could not be done because of a fault in wps_xl. No log was kept")
