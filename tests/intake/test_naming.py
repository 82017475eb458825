"""Whose return a file is by its name, where it cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults.valid import CODEBOOK, CYCLE

from wps_xl.intake.naming import recognised
from wps_xl.model import Unreadable


@pytest.mark.parametrize(
    ("name", "entity", "form"),
    [
        (f"{CYCLE.code}_plan_UNICEF.xlsx", "UNICEF", "plan"),
        ("UNICEF locked.xlsx", "UNICEF", ""),
        ("unicef - Action plan (final).xlsx", "UNICEF", "plan"),
        ("World Food Programme_progress.xlsx", "WFP", "progress"),
        ("WHO progress report.xlsx", "WHO", "progress"),
        ("Who is who.xlsx", "", ""),
        ("UNDP and UNICEF.xlsx", "", ""),
        ("IASC-GTF practices.xlsx", "IASC-GTF", "practices"),
        ("UNICEFF.xlsx", "", ""),
    ],
)
def test_a_file_is_known_by_its_issued_name_or_by_the_one_entity_it_names(
    name: str, entity: str, form: str
) -> None:
    locked = Unreadable(Path(name), "encrypted", "It is protected.")

    file = recognised(locked, CODEBOOK, CYCLE)

    assert (file.entity, file.form) == (entity, form)
    assert ("By its name" in file.reason) == bool(entity and not form)
