"""Diagnosis names everything that the add-in needs, and what to do where it is not so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from wps_xl import __version__
from wps_xl.addin import diagnosis
from wps_xl.addin.build import addin_bytes
from wps_xl.addin.checks import Check
from wps_xl.addin.diagnosis import diagnose
from wps_xl.addin.install import install
from wps_xl.addin.places import MAC, Places, places
from wps_xl.addin.rules import CHILD_PROCESSES, Registry, rules

OFF = (r"Policies\Microsoft\office\16.0\excel\security\trusted locations", "AllLocationsDisabled")
MACROS = (r"Policies\Microsoft\office\16.0\excel\security", "VBAWarnings")
ADDINS = (r"Software\Microsoft\Office\16.0\excel\security", "DisableAllAddins")
SIGNED = (r"Policies\Microsoft\office\16.0\excel\security", "RequireAddinSig")
ALWAYS_ON = (r"Policies\Microsoft\office\16.0\common\security", "RequireAlwaysOnMacroSig")
GROUP_POLICY = (r"Windows Defender\Windows Defender Exploit Guard\ASR\Rules", CHILD_PROCESSES)
INTUNE = (r"Policies\Microsoft\Windows Defender\Policy Manager", "ASRRules")


def registry(values: dict[tuple[str, str], object]) -> Registry:
    """A registry that holds these values, by the end of the key and by name."""

    def answer(root: str, key: str, name: str) -> object:
        held = [
            value for (end, known), value in values.items() if key.endswith(end) and name == known
        ]
        return held[0] if held else None

    return answer


EMPTY = registry({})


def faults(found: list[Check]) -> dict[str, str]:
    return {check.what: check.advice for check in found if check.advice}


def test_what_is_missing_is_told_and_then_that_all_is_well(
    windows: Places, monkeypatch: pytest.MonkeyPatch, python: Path
) -> None:
    monkeypatch.setattr("sys.executable", str(python))
    before = faults(diagnose(where=windows, registry=EMPTY))

    install(windows, python)
    after = faults(diagnose(where=windows, registry=EMPTY))

    assert set(before) == {"Start folder", "Add-in", "Its Python"}
    assert after == {}


def test_every_thing_is_named(windows: Places, tmp_path: Path) -> None:
    found = [check.what for check in diagnose(tmp_path, windows, EMPTY)]

    assert set(found) >= {
        *("wps_xl", "Python", "xlwings", "pandas", "pandera", "openpyxl", "python-docx"),
        *("Start folder", "Add-in", "Its Python", "Macros", "Child processes", "Log"),
    }
    # The temporary folder, and that of the open workbook.
    assert found.count("Can write") == 2


def test_looking_makes_nothing(windows: Places, home: Path, python: Path) -> None:
    install(windows, python)
    before = sorted(home.rglob("*"))

    diagnose(home, windows, EMPTY)

    assert sorted(home.rglob("*")) == before


def test_an_add_in_of_another_version_is_named(windows: Places, python: Path) -> None:
    install(windows, python)
    other = f"wps_xl {__version__}".encode(), b"wps_xl 0.0.9"
    with ZipFile(windows.addin) as archive:
        parts = {name: archive.read(name).replace(*other) for name in archive.namelist()}
    with ZipFile(windows.addin, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    lines = [check.line for check in diagnose(where=windows, registry=EMPTY)]

    assert (
        "!!  Add-in          of version 0.0.9. Close Excel and run wps-xl addin install." in lines
    )


def test_a_file_that_is_no_add_in_is_named(windows: Places, python: Path) -> None:
    install(windows, python)
    windows.addin.write_bytes(addin_bytes()[:100])

    assert "Add-in" in faults(diagnose(where=windows, registry=EMPTY))


def test_a_folder_that_takes_no_file_is_named(
    windows: Places, tmp_path: Path, python: Path
) -> None:
    install(windows, python)
    closed = tmp_path / "gone"

    found = diagnose(closed, windows, EMPTY)

    assert faults(found)["Can write"].startswith("Save the workbook in a folder where")


def test_a_start_folder_that_takes_no_file_is_named(windows: Places) -> None:
    closed = replace(windows, startup=Path("/proc"))

    assert faults(diagnose(where=closed, registry=EMPTY))["Start folder"].startswith("Ask IT")


def test_every_fault_comes_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "PACKAGES", ("no-such-package",))
    mac = places({"HOME": str(tmp_path)}, MAC)

    found = faults(diagnose(tmp_path / "gone", mac))

    expected = {
        "no-such-package",
        "Can write",
        "Start folder",
        "Add-in",
        "Its Python",
        "Its script",
    }
    assert set(found) == expected
    assert all(advice.endswith(".") for advice in found.values())


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({ADDINS: 1}, "switched off by a rule of your organization"),
        ({OFF: 1, MACROS: 4}, "switched off by a rule of your organization"),
        ({OFF: 1, MACROS: 3}, "only signed ones"),
        ({SIGNED: 1}, "only signed ones"),
        ({ALWAYS_ON: 1}, "only signed ones"),
        ({MACROS: 4}, "no rule against them in Excel's start folder"),
        ({GROUP_POLICY: "1"}, f"blocked for Office (rule {CHILD_PROCESSES})"),
        ({GROUP_POLICY: "6"}, "blocked for Office"),
        ({INTUNE: f"9e6c=2|{CHILD_PROCESSES.lower()}=1"}, "blocked for Office"),
    ],
)
def test_rules_that_stop_the_buttons_are_named(
    values: dict[tuple[str, str], object], words: str
) -> None:
    found = list(rules(signed=False, registry=registry(values)))

    assert words in " ".join(check.found for check in found)
    assert bool(faults(found)) is not words.startswith("no rule")


@pytest.mark.parametrize("value", [f"9e6c=1|{CHILD_PROCESSES}=2", f"{CHILD_PROCESSES}=0", ""])
def test_a_rule_that_only_watches_is_none(value: str) -> None:
    assert faults(list(rules(signed=False, registry=registry({INTUNE: value})))) == {}


def test_a_signed_add_in_satisfies_the_rule() -> None:
    assert faults(list(rules(signed=True, registry=registry({SIGNED: 1})))) == {}


def test_files_from_the_web_and_moved_folders_are_named(
    windows: Places, tmp_path: Path, python: Path
) -> None:
    install(windows, python)
    folder = tmp_path / "OneDrive - UN" / "Documents"
    folder.mkdir(parents=True)
    for name in ("return.xlsx", "own.xlsx", "return.xlsx:Zone.Identifier"):
        (folder / name).touch()
    windows.addin.with_name(f"{windows.addin.name}:Zone.Identifier").touch()
    moved = replace(windows, environ={"OneDriveCommercial": str(tmp_path / "OneDrive - UN")})

    found = {check.what: check for check in diagnose(folder, moved, EMPTY)}

    assert "Enable Editing" in found["Protected View"].advice
    assert found["Protected View"].found == "return.xlsx came from elsewhere"
    assert "Unblock" in found["Add-in blocked"].advice
    assert "Always keep on this device" in found["Folder"].advice
    assert found["Profile"].advice == ""


def test_a_profile_on_a_server_is_named(windows: Places) -> None:
    there = replace(windows, startup=Path("//server/profiles/desk/XLSTART"))

    found = faults(diagnose(where=there, registry=EMPTY))

    assert "redirected to a server" in found["Profile"]
