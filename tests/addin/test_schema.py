"""Microsoft's own validator takes the built add-in, with both ribbons, and refuses a wrong one."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from validators import LAYERS, assert_valid

SIZE = ('size="large"', 'size="huge"')
UNDECLARED = ('imageMso="', 'imagemso="')
MISPLACED = ("</tabs>", "</tabs><button id='loose'/>")


def with_change(addin: Path, part: str, old: str, new: str, target: Path) -> Path:
    """The add-in with one text of a part replaced, where it stands first."""
    with ZipFile(addin) as source, ZipFile(target, "w") as changed:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            changed.writestr(name, content)
    return target


def test_the_add_in_is_valid_and_a_ribbon_that_breaks_the_schema_is_refused(
    addin: Path, tmp_path: Path
) -> None:
    wrong = [
        with_change(addin, f"customUI/{part}.xml", *change, tmp_path / f"wrong-{part}{at}.xlam")
        for part in ("customUI", "customUI14")
        for at, change in enumerate((SIZE, UNDECLARED, MISPLACED))
    ]

    # Without the layer that opens a file: openpyxl opens no add-ins.
    with pytest.raises(pytest.fail.Exception) as refused:
        assert_valid(addin, *wrong, only=LAYERS)

    found = re.findall(r"^(.*): INVALID.*sdk \d", str(refused.value), re.MULTILINE)
    assert found == [str(path) for path in wrong]
    assert f"{addin}: valid" in str(refused.value)
