"""Installing leaves exactly what it should, and taking away leaves nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from wps_xl.addin.build import addin_bytes
from wps_xl.addin.bundle import requirements
from wps_xl.addin.diagnosis import CHILD_PROCESSES, MACROS, diagnose
from wps_xl.addin.guide import guide_html
from wps_xl.addin.install import install, uninstall
from wps_xl.addin.places import MAC, Places, places
from wps_xl.cli import main
from wps_xl.errors import InputError, OutputError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a Windows user."""
    (tmp_path / "AppData" / "Roaming").mkdir(parents=True)
    (tmp_path / "AppData" / "Local").mkdir()
    return tmp_path


@pytest.fixture
def windows(home: Path) -> Places:
    data = home / "AppData"
    return places(
        {
            "APPDATA": str(data / "Roaming"),
            "LOCALAPPDATA": str(data / "Local"),
            "USERPROFILE": str(home),
        }
    )


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def python_of(home: Path) -> Path:
    return home / "AppData" / "Local" / "wps_xl" / "venv" / "Scripts" / "python.exe"


def test_it_leaves_the_add_in_and_one_line(windows: Places, home: Path) -> None:
    before = tree(home)

    install(windows, python_of(home))

    start = "AppData/Roaming/Microsoft/Excel/XLSTART"
    folders = {"AppData/Roaming/Microsoft", "AppData/Roaming/Microsoft/Excel", start, ".wps_xl"}
    files = {f"{start}/wps_xl.xlam", ".wps_xl/wps_xl.conf", ".wps_xl/wps_xl.installed"}
    assert tree(home) - before == folders | files
    assert windows.addin.read_bytes() == addin_bytes()
    line = windows.settings.read_bytes().decode().replace("/", "\\")
    # VBA takes a line feed alone for no end of a line.
    assert line == '"INTERPRETER_WIN","%LOCALAPPDATA%\\wps_xl\\venv\\Scripts\\python.exe"\r\n'


@pytest.mark.parametrize("times", [1, 2])
def test_taking_it_away_leaves_nothing(windows: Places, home: Path, times: int) -> None:
    before = tree(home)
    for _ in range(times):
        install(windows, python_of(home))

    uninstall(windows)

    assert tree(home) == before


def test_what_others_put_there_stays(windows: Places, home: Path) -> None:
    windows.startup.mkdir(parents=True)
    (windows.startup / "PERSONAL.XLSB").write_bytes(b"mine")
    windows.settings.parent.mkdir()
    windows.settings.write_text('"SHOW CONSOLE","True"\n', encoding="utf-8")
    before = tree(home)

    install(windows, python_of(home))
    installed = windows.settings.read_text(encoding="utf-8")
    uninstall(windows)

    assert installed.startswith('"SHOW CONSOLE","True"\n"INTERPRETER_WIN"')
    assert windows.settings.read_text(encoding="utf-8") == '"SHOW CONSOLE","True"\n'
    assert tree(home) == before


def test_a_signed_file_is_installed_as_it_is(windows: Places, home: Path) -> None:
    (home / "signed.xlam").write_bytes(b"signed")

    install(windows, python_of(home), home / "signed.xlam")

    assert windows.addin.read_bytes() == b"signed"


def test_a_file_that_excel_holds_is_a_sentence(windows: Places, home: Path) -> None:
    windows.addin.mkdir(parents=True)

    with pytest.raises(OutputError, match="Close Excel, then try again"):
        install(windows, python_of(home))


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


def test_where_excel_does_not_run_a_sentence_says_so() -> None:
    with pytest.raises(InputError, match="Every button is a verb of the command line"):
        places({}, "linux")


def nothing_set(root: str, key: str, name: str) -> object:
    return None


def test_diagnosis_tells_what_is_missing_and_then_that_all_is_well(
    windows: Places, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr("sys.executable", str(python_of(home)))
    before = {c.what for c in diagnose(windows, nothing_set) if c.advice}

    install(windows, python_of(home))
    after = [c for c in diagnose(windows, nothing_set) if c.advice]

    assert before == {"Start folder", "Add-in", "Its Python"}
    assert after == []


def test_diagnosis_names_every_thing_it_should(windows: Places) -> None:
    found = {check.what for check in diagnose(windows, nothing_set)}

    assert found >= {
        *("wps_xl", "Python", "xlwings", "pandas", "pandera", "openpyxl", "python-docx"),
        *("Start folder", "Add-in", "Its Python", "Can write", "Macros", "Child processes", "Log"),
    }


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ((MACROS, "VBAWarnings", 4), "Macros switched off by a rule"),
        ((MACROS, "VBAWarnings", 3), "Ask IT to sign the add-in"),
        (("ASR", CHILD_PROCESSES, "1"), "desktop shortcuts on closed files"),
    ],
)
def test_diagnosis_names_rules_that_stop_the_buttons(
    windows: Places, value: tuple[str, str, object], words: str
) -> None:
    def registry(root: str, key: str, name: str) -> object:
        return value[2] if value[0] in key and name == value[1] else None

    text = "\n".join(" ".join(c.line.split()) for c in diagnose(windows, registry))

    assert words in text


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


def test_the_guide_is_a_page_with_tables() -> None:
    page = guide_html()

    assert "<h2>1. Begin a cycle</h2>" in page
    assert "<table>" in page
