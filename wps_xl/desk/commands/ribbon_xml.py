"""The ribbon's XML, printed from the list of buttons into ``macros/ribbon.xml``."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from xml.sax.saxutils import quoteattr

from wps_xl.addin.build import NAMESPACE
from wps_xl.desk.commands.buttons import BUTTONS, Button

TAB, TAB_KEY = "WPS 1325", "W"


def ribbon_xml() -> str:
    """The tab with a group for each stretch of buttons; what a button may do stands in its tag."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!-- Printed by python -m wps_xl.pages; change desk/commands/buttons.py instead. -->",
        f'<customUI xmlns="{NAMESPACE}" onLoad="WpsRibbon.WpsOnLoad">',
        "  <ribbon>",
        "    <tabs>",
        f"      <tab {_attributes({'id': 'wpsTab', 'label': TAB, 'keytip': TAB_KEY})}>",
    ]
    for group, buttons in groupby(BUTTONS, key=lambda button: button.group):
        lines.append(f"        <group {_attributes({'id': f'wps{group}', 'label': group})}>")
        lines += [f"          <button {_attributes(_button(button))}/>" for button in buttons]
        lines.append("        </group>")
    lines += ["      </tab>", "    </tabs>", "  </ribbon>", "</customUI>"]
    return "\n".join(lines) + "\n"


def _button(button: Button) -> Mapping[str, str]:
    tip = button.command.tip if button.command and not button.label else button.caption
    return {
        "id": button.id,
        "tag": button.on,
        "label": button.caption,
        "size": "large" if button.large else "normal",
        "imageMso": button.image,
        "keytip": button.keytip,
        "screentip": tip.rstrip("."),
        "supertip": button.supertip,
        "onAction": "WpsRibbon.WpsOnAction",
        "getEnabled": "WpsRibbon.WpsGetEnabled",
    }


def _attributes(values: Mapping[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in values.items())
