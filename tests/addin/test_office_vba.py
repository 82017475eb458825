"""LibreOffice opens the add-in, compiles its modules, and runs every button's callback."""

from __future__ import annotations

from pathlib import Path

import pytest
from addin.vba import CONTROL, PRESSES, STUB
from libreoffice import Office, macro, sheets

from wps_xl import __version__
from wps_xl.addin.build import addin_bytes
from wps_xl.desk.commands.buttons import BUTTONS


@pytest.fixture(scope="module")
def stubbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The add-in with a stub for xlwings: LibreOffice compiles neither that nor its Dictionary."""
    stubs = {"xlwings": STUB, "FakeControl": CONTROL, "Presses": PRESSES}
    path = tmp_path_factory.mktemp("stubbed") / "wps_xl.xlam"
    path.write_bytes(addin_bytes(stubs, without=["Dictionary"]))
    return path


def test_the_add_in_itself_opens(office: Office, addin: Path) -> None:
    assert office.ask(addin, sheets()) == [[{"name": "wps_xl.conf", "visible": True}]]


def test_every_press_starts_its_command(office: Office, stubbed: Path) -> None:
    ids = [button.id for button in BUTTONS]

    started = office.ask(stubbed, *(macro("Presses.Press", name, "always") for name in ids))

    assert started == [
        f"import wps_xl.ribbon; wps_xl.ribbon.run('{name}', '{__version__}')\n" for name in ids
    ]


def test_enabled_asks_what_the_workbook_is(office: Office, stubbed: Path) -> None:
    kind, other, review, always = office.ask(
        stubbed,
        macro("WpsRunner.WpsBookKind"),
        *(macro("Presses.Enabled", places) for places in ("other", "review return", "always")),
    )

    assert (kind, other, review, always) == ("other", True, False, True)


def test_the_class_of_events_compiles_and_starts(office: Office, stubbed: Path) -> None:
    listened, stopped, kind = office.ask(
        stubbed,
        macro("WpsRibbon.WpsListen"),
        macro("WpsRibbon.WpsStopListening"),
        macro("WpsRunner.WpsBookKind"),
    )

    # A module that does not compile makes every answer of the library blank.
    assert (listened, stopped, kind) == (None, None, "other")
