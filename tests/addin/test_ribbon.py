"""The ribbon's callbacks exist and its buttons are the commands; its form is in test_schema.py."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import etree

from wps_xl import assets
from wps_xl.addin.build import NAMESPACE, module_sources
from wps_xl.desk.commands import COMMANDS
from wps_xl.desk.commands.buttons import BUTTONS, WITHOUT_BUTTON
from wps_xl.desk.commands.ribbon_xml import ribbon_xml
from wps_xl.desk.messages import WHOLE
from wps_xl.pages import commands_page

SIGNATURES = {
    "onLoad": r"\(ribbon As IRibbonUI\)",
    "onAction": r"\(control As IRibbonControl\)",
    "getEnabled": r"\(control As IRibbonControl, ByRef returnedVal\)",
}


def elements() -> Iterator[etree._Element]:
    tree = etree.fromstring(ribbon_xml().encode())
    return (element for element in tree.iter() if isinstance(element.tag, str))


def tag(element: etree._Element) -> str:
    name = etree.QName(element)
    assert name.namespace == NAMESPACE
    return str(name.localname)


def test_every_element_with_a_label_has_an_id_of_its_own_and_keytips_are_there_once() -> None:
    ids = [element.get("id") for element in elements() if element.get("label")]
    keytips = [element.get("keytip") for element in elements() if element.get("keytip")]

    assert None not in ids
    for values in (ids, keytips):
        assert len(values) == len(set(values))


def test_every_callback_exists_with_its_signature() -> None:
    modules = module_sources()
    for element in elements():
        for name, signature in SIGNATURES.items():
            if element.get(name):
                module, procedure = str(element.get(name)).split(".")
                pattern = rf"^Public Sub {procedure}{signature}$"
                assert re.search(pattern, modules[module], re.MULTILINE), element.get(name)


def test_every_verb_has_a_button_or_a_reason_to_have_none() -> None:
    behind = {button.command.name for button in BUTTONS if button.command}
    verbs = {command.name for command in COMMANDS}

    assert verbs - behind == verbs & set(WITHOUT_BUTTON)


def test_every_button_is_a_verb_a_way_of_one_or_the_ribbons_own() -> None:
    verbs = {command.name for command in COMMANDS}
    for button in BUTTONS:
        if button.id not in verbs:
            assert button.own or (button.verb in verbs and button.options), button.id


def test_the_page_of_commands_names_buttons_as_they_are_called() -> None:
    named = re.findall(r"Buttons?: ([^.]+)\.", commands_page())

    captions = [button.caption for button in BUTTONS if button.command]
    assert sorted(", ".join(named).split(", ")) == sorted(captions)


def test_the_page_for_it_departments_names_what_is_written_and_started() -> None:
    page = assets.path("docs/for_it.md").read_text(encoding="utf-8")

    for name in (WHOLE, "wps_xl_guide.html", "backups", "forms", "letters", "corrections"):
        assert f"{name}`" in page, name
    assert "browser" in page
    assert "Word" in page


def test_groups_stand_together_and_in_order() -> None:
    groups = [element.get("label") for element in elements() if tag(element) == "group"]

    assert groups == ["Cycle", "Check", "Consolidate", "Report", "Help"]


def test_each_button_says_what_it_does() -> None:
    for element in elements():
        if tag(element) == "button":
            assert element.get("screentip")
            assert str(element.get("supertip")).endswith(".")
            assert element.get("tag") in ("always", "review", "return", "review return")


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: str(button.id))
def test_an_id_can_pass_the_guard(button: object) -> None:
    assert re.fullmatch(r"[a-z0-9_]{1,40}", getattr(button, "id", ""))
