"""Installing leaves exactly what it should, and taking away leaves nothing."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from wps_xl import __version__, assets
from wps_xl.addin.build import NAME, addin_bytes
from wps_xl.addin.bundle import PYTHON, REQUIREMENTS, WHEELS, bundle, requirements
from wps_xl.addin.install import install, uninstall
from wps_xl.addin.places import MAC, Places, places
from wps_xl.cli import main
from wps_xl.errors import InputError, OutputError


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_it_leaves_the_add_in_and_one_line(windows: Places, home: Path, python: Path) -> None:
    before = tree(home)

    install(windows, python)

    start = "AppData/Roaming/Microsoft/Excel/XLSTART"
    folders = {"AppData/Roaming/Microsoft", "AppData/Roaming/Microsoft/Excel", start, ".wps_xl"}
    files = {f"{start}/wps_xl.xlam", ".wps_xl/wps_xl.conf", ".wps_xl/wps_xl.installed"}
    assert tree(home) - before == folders | files
    assert windows.addin.read_bytes() == addin_bytes()
    line = windows.settings.read_bytes().decode().replace("/", "\\")
    # VBA takes a line feed alone for no end of a line.
    assert line == '"INTERPRETER_WIN","%LOCALAPPDATA%\\wps_xl\\venv\\Scripts\\python.exe"\r\n'


@pytest.mark.parametrize("times", [1, 2])
def test_taking_it_away_leaves_nothing(
    windows: Places, home: Path, times: int, python: Path
) -> None:
    before = tree(home)
    for _ in range(times):
        install(windows, python)

    uninstall(windows)

    assert tree(home) == before


def test_what_others_put_there_stays(windows: Places, home: Path, python: Path) -> None:
    windows.startup.mkdir(parents=True)
    (windows.startup / "PERSONAL.XLSB").write_bytes(b"mine")
    windows.settings.parent.mkdir()
    windows.settings.write_text('"SHOW CONSOLE","True"\n', encoding="utf-8")
    before = tree(home)

    install(windows, python)
    installed = windows.settings.read_text(encoding="utf-8")
    uninstall(windows)

    assert installed.startswith('"SHOW CONSOLE","True"\n"INTERPRETER_WIN"')
    assert windows.settings.read_text(encoding="utf-8") == '"SHOW CONSOLE","True"\n'
    assert tree(home) == before


def test_a_signed_file_is_installed_as_it_is(
    windows: Places, home: Path, python: Path, addin: Path
) -> None:
    signed = Path(shutil.copy(addin, home / "signed.xlam"))
    with ZipFile(signed, "a") as archive:
        archive.writestr("xl/vbaProjectSignature.bin", b"signature")

    install(windows, python, signed)

    assert windows.addin.read_bytes() == signed.read_bytes()


def test_a_file_that_is_not_our_add_in_is_refused(
    windows: Places, home: Path, python: Path, addin: Path
) -> None:
    (home / "notes.txt").write_bytes(b"Monday: call UNDP")
    with ZipFile(addin) as old, ZipFile(home / "older.xlam", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(__version__.encode(), b"0.0.9"))
    before = tree(home)

    for name in ("notes.txt", "older.xlam"):
        with pytest.raises(InputError, match=f"{name} is no add-in of wps_xl {__version__}"):
            install(windows, python, home / name)
    assert tree(home) == before


@pytest.mark.parametrize("installed", [True, False])
def test_settings_in_another_encoding_stay_as_they_are(
    windows: Places, home: Path, python: Path, installed: bool
) -> None:
    windows.settings.parent.mkdir()
    theirs = '"SHOW CONSOLE","Größe"\r\n'.encode("cp1252")
    windows.settings.write_bytes(theirs)
    before = tree(home)

    if installed:
        install(windows, python)
        assert windows.settings.read_bytes().startswith(theirs)
    uninstall(windows)

    assert windows.settings.read_bytes() == theirs
    assert tree(home) == before


def test_where_installing_fails_nothing_is_left(
    windows: Places, home: Path, python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(home)
    move = Path.replace

    def until_the_record(path: Path, target: Path) -> Path:
        if target == windows.record:
            raise OSError(28, "No space left on device", str(target))
        return move(path, target)

    monkeypatch.setattr(Path, "replace", until_the_record)

    with pytest.raises(OutputError, match=r"No space left on device\. Make room on the disk"):
        install(windows, python)

    assert tree(home) == before


def test_a_file_that_excel_holds_is_a_sentence(
    windows: Places, python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(path: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(path), None, str(target))

    monkeypatch.setattr(Path, "replace", held)

    with pytest.raises(OutputError, match="Close Excel, then try again"):
        install(windows, python)


def test_on_macos_the_script_is_put_beside(tmp_path: Path) -> None:
    mac = places({"HOME": str(tmp_path)}, MAC)

    install(mac, Path("/opt/wps_xl/bin/python"))

    assert mac.script is not None
    assert mac.script.name.endswith(".applescript")
    assert '"INTERPRETER_MAC","/opt/wps_xl/bin/python"' in mac.settings.read_text(encoding="utf-8")
    uninstall(mac)
    assert tree(tmp_path) == set()


def test_on_macos_a_space_in_the_path_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds a letter or a space"):
        install(places({"HOME": str(tmp_path)}, MAC), Path("/Users/me/my apps/python"))


def test_a_python_from_the_microsoft_store_is_a_sentence(
    windows: Places, home: Path, python: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(home)
    monkeypatch.setattr("sys.base_prefix", r"C:\Program Files\WindowsApps\Python.3.11_x64")

    with pytest.raises(InputError, match=r"Install Python from python\.org"):
        install(windows, python)
    assert tree(home) == before


def test_where_excel_does_not_run_a_sentence_says_so() -> None:
    with pytest.raises(InputError, match="Every button is a verb of the command line"):
        places({}, "linux")


def test_the_command_line_does_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("APPDATA", str(home / "AppData" / "Roaming"))
    monkeypatch.setenv("USERPROFILE", str(home))
    before = tree(home)

    results = [
        CliRunner().invoke(main, ["addin", action]).exit_code
        for action in ("install", "diagnose", "uninstall", "dance")
    ]

    assert results == [0, 0, 0, 2]
    assert tree(home) == before


def test_requirements_pin_every_wheel_by_its_hash(tmp_path: Path) -> None:
    (tmp_path / "et_xmlfile-2.0.0-py3-none-any.whl").write_bytes(b"a")
    digest = hashlib.sha256(b"a").hexdigest()

    assert requirements(tmp_path) == f"et-xmlfile==2.0.0 --hash=sha256:{digest}\n"


def test_a_bundle_goes_into_a_new_folder_only(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()

    for taken in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(InputError, match="Name a new folder"):
            bundle(taken)


def test_the_script_names_what_the_bundle_holds() -> None:
    # Windows PowerShell reads a file without a mark as the code page of the computer.
    script = assets.path("macros/install.ps1").read_text(encoding="ascii")

    for name in (WHEELS, REQUIREMENTS, PYTHON, NAME):
        assert re.search(rf"[\s\"]{re.escape(name)}[\s\"]", script), name
