"""Microsoft's own validator takes the built add-in, with both ribbons, and refuses a wrong one."""

from __future__ import annotations

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


def test_the_add_in_is_valid(addin: Path) -> None:
    # Without the layer that opens a file: openpyxl opens no add-ins.
    assert_valid(addin, only=LAYERS)


@pytest.mark.parametrize("part", ["customUI/customUI.xml", "customUI/customUI14.xml"])
@pytest.mark.parametrize(
    "change", [SIZE, UNDECLARED, MISPLACED], ids=["value", "attribute", "element"]
)
def test_a_ribbon_that_breaks_the_schema_is_refused(
    addin: Path, tmp_path: Path, part: str, change: tuple[str, str]
) -> None:
    wrong = with_change(addin, part, *change, tmp_path / addin.name)

    with pytest.raises(pytest.fail.Exception, match=r"INVALID.*sdk \d"):
        assert_valid(wrong, only=LAYERS)
