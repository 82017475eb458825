"""The ribbon obeys the published schema's rules, and its buttons are the commands."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import etree

from wps_xl.addin.build import NAMESPACE, module_sources
from wps_xl.commands import COMMANDS
from wps_xl.commands.buttons import BUTTONS, WITHOUT_BUTTON, shown
from wps_xl.commands.ribbon_xml import ribbon_xml

# Attributes of [MS-CUSTOMUI2] for the elements that we use, and how long their texts may be.
KNOWN = {
    "customUI": {"onLoad"},
    "ribbon": set[str](),
    "tabs": set[str](),
    "tab": {"id", "label", "keytip", "insertAfterMso"},
    "group": {"id", "label"},
    "button": {
        *("id", "tag", "label", "size", "imageMso", "keytip", "screentip", "supertip"),
        *("onAction", "getEnabled"),
    },
}
CHILDREN = {
    "customUI": "ribbon",
    "ribbon": "tabs",
    "tabs": "tab",
    "tab": "group",
    "group": "button",
}
LIMITS = {"id": 1024, "tag": 1024, "label": 1024, "screentip": 1024, "supertip": 1024, "keytip": 3}
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


def test_elements_and_attributes_are_those_of_the_schema() -> None:
    for element in elements():
        assert set(element.attrib) <= KNOWN[tag(element)]
        assert all(tag(child) == CHILDREN[tag(element)] for child in element)


def test_values_are_those_of_the_schema() -> None:
    for element in elements():
        for name, value in element.attrib.items():
            assert 0 < len(value) <= LIMITS.get(str(name), 1024), (name, value)
        assert element.get("size", "large") in ("large", "normal")
        assert re.fullmatch(r"[A-Za-z]+", element.get("imageMso", "Help"))
        assert re.fullmatch(r"[A-Z0-9]{1,3}", element.get("keytip", "A"))
        assert re.fullmatch(r"[A-Za-z_][\w.-]*", element.get("id", "a"))


def test_ids_and_keytips_are_there_once() -> None:
    for name in ("id", "keytip"):
        values = [element.get(name) for element in elements() if element.get(name)]

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
    behind = {button.command.name for button in shown() if button.command}
    verbs = {command.name for command in COMMANDS}

    assert verbs - behind == verbs & set(WITHOUT_BUTTON)


def test_every_button_is_a_verb_a_way_of_one_or_the_ribbons_own() -> None:
    verbs = {command.name for command in COMMANDS}
    for button in BUTTONS:
        if button.ready and button.id not in verbs:
            assert button.own or (button.verb in verbs and button.options), button.id


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
