"""The verb ``addin``: builds, installs, diagnoses and bundles the Excel add-in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from wps_xl.desk.commands import Outcome, Progress
from wps_xl.errors import InputError


def addin(options: Mapping[str, Any], progress: Progress) -> Outcome:
    """Do one of the actions."""
    action = _ACTIONS.get(options["action"])
    if action is None:
        raise InputError(
            f"'{options['action']}' is nothing that can be done with the add-in. Choose one of "
            f"{', '.join(_ACTIONS)}."
        )
    for name in ("folder", "file"):
        if options.get(name) and options["action"] not in _TAKES[name]:
            raise InputError(
                f"{options['action']} takes no {name}. It is for {' and '.join(_TAKES[name])}."
            )
    return action(options)


def _build(options: Mapping[str, Any]) -> Outcome:
    from wps_xl.addin.build import build

    return Outcome([f"Wrote {build(_folder(options))}."])


def _bundle(options: Mapping[str, Any]) -> Outcome:
    from wps_xl.addin.bundle import bundle

    return Outcome(bundle(_folder(options)))


def _install(options: Mapping[str, Any]) -> Outcome:
    from wps_xl.addin.install import install
    from wps_xl.addin.places import places

    return Outcome(install(places(), Path(sys.executable), options.get("file")))


def _uninstall(options: Mapping[str, Any]) -> Outcome:
    from wps_xl.addin.install import uninstall
    from wps_xl.addin.places import places

    return Outcome(uninstall(places()))


def _diagnose(options: Mapping[str, Any]) -> Outcome:
    from wps_xl.addin.diagnosis import diagnose

    checks = diagnose(Path.cwd())
    return Outcome([check.line for check in checks], any(check.advice for check in checks))


def _folder(options: Mapping[str, Any]) -> Path:
    folder: Path | None = options.get("folder")
    if folder is None:
        raise InputError(f"Name the folder: wps-xl addin {options['action']} DIR.")
    return folder


_TAKES: Mapping[str, tuple[str, ...]] = {"folder": ("build", "bundle"), "file": ("install",)}
_ACTIONS: Mapping[str, Callable[[Mapping[str, Any]], Outcome]] = {
    "build": _build,
    "install": _install,
    "uninstall": _uninstall,
    "diagnose": _diagnose,
    "bundle": _bundle,
}
