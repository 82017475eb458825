"""Rules of an organization, kept in the registry of Windows, that stop the add-in or its Python."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from wps_xl.addin.checks import Check

Registry = Callable[[str, str, str], object]
"""Called with HKLM or HKCU, a key and a name; the value, None where there is none."""

SHORTCUTS = (
    "Ask IT for an exception for Excel, or use the same verbs from the command line or desktop "
    "shortcuts on closed files: wps-xl consolidate --workbook REVIEW.xlsx."
)
SIGN = "Ask IT to sign the add-in: see for_it.md."
# What policies say, and what the user chose in Excel's Trust Center.
OFFICE = (r"Software\Policies\Microsoft\office\16.0", r"Software\Microsoft\Office\16.0")
SECURITY = r"excel\security"
LOCATIONS = rf"{SECURITY}\trusted locations"
ONLY_SIGNED, NO_MACROS = 3, 4
# What Microsoft Defender calls "Block all Office applications from creating child processes".
CHILD_PROCESSES = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
DEFENDER = r"SOFTWARE\Policies\Microsoft\Windows Defender"
ASR = (
    rf"{DEFENDER}\Windows Defender Exploit Guard\ASR\Rules",
    r"SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
BLOCKS, WARNS = "1", "6"


def rules(signed: bool, registry: Registry | None = None) -> Iterator[Check]:
    """Whether macros may run and Excel may start Python; ``signed`` tells of the add-in."""
    registry = registry or _windows_registry
    yield _macros(signed, registry)
    if _child_processes(registry) & {BLOCKS, WARNS}:
        yield Check("Child processes", f"blocked for Office (rule {CHILD_PROCESSES})", SHORTCUTS)
    else:
        yield Check("Child processes", "no rule against them")


def _macros(signed: bool, registry: Registry) -> Check:
    def found(key: str, name: str) -> set[object]:
        return {registry("HKCU", rf"{office}\{key}", name) for office in OFFICE}

    # Excel's start folder is a trusted location, and what lies in one bypasses these settings.
    trusted = 1 not in found(LOCATIONS, "AllLocationsDisabled")
    settings = set() if trusted else found(SECURITY, "VBAWarnings")
    if 1 in found(SECURITY, "DisableAllAddins") or NO_MACROS in settings:
        return Check("Macros", "switched off by a rule of your organization", SHORTCUTS)
    needed = found(SECURITY, "RequireAddinSig") | found(
        r"common\security", "RequireAlwaysOnMacroSig"
    )
    if 1 in needed or ONLY_SIGNED in settings:
        return Check("Macros", "only signed ones", "" if signed else SIGN)
    return Check("Macros", "no rule against them in Excel's start folder")


def _child_processes(registry: Registry) -> set[str]:
    """The states of the rule: from group policies, from Defender's own, and from Intune's list."""
    states = {str(registry("HKLM", key, CHILD_PROCESSES) or "") for key in ASR}
    listed = str(registry("HKLM", rf"{DEFENDER}\Policy Manager", "ASRRules") or "")
    pairs = [entry.partition("=") for entry in listed.split("|")]
    return states | {state for name, _, state in pairs if name.upper() == CHILD_PROCESSES}


def _windows_registry(root: str, key: str, name: str) -> object:
    if sys.platform != "win32":
        return None
    import winreg

    roots = {"HKLM": winreg.HKEY_LOCAL_MACHINE, "HKCU": winreg.HKEY_CURRENT_USER}
    try:
        with winreg.OpenKey(roots[root], key) as opened:
            return winreg.QueryValueEx(opened, name)[0]
    except OSError:
        return None
