"""Where details of a fault of wps_xl itself are written, and the sentence that names the place."""

from __future__ import annotations

import logging
from pathlib import Path

from wps_xl import __version__

SENTENCE = (
    "{what} could not be done because of a fault in wps_xl. Send {place} to those who look after "
    "wps_xl."
)
WITHOUT_LOG = "{what} could not be done because of a fault in wps_xl. No log was kept: {why}."


def log_place() -> Path:
    """Where the log of this user stands, if there is one."""
    from platformdirs import user_log_path

    return user_log_path("wps_xl", appauthor=False) / "wps_xl.log"


def log_file() -> Path:
    """The log of this user, in a folder that is there."""
    place = log_place()
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def noted(what: str) -> str:
    """Write the fault that is being handled into the log; the sentence for the user.

    It says so where there is no place for a log.
    """
    try:
        place = log_file()
        handler = logging.FileHandler(place, encoding="utf-8")
    except (OSError, RuntimeError) as fault:
        return WITHOUT_LOG.format(what=what, why=fault)
    logger = logging.getLogger("wps_xl")
    logger.addHandler(handler)
    logger.exception("%s, version %s", what, __version__)
    logger.removeHandler(handler)
    handler.close()
    return SENTENCE.format(what=what, place=place)
