"""Opens the guide in the browser; it comes with the package, so no network is needed."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path

from wps_xl import assets

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>WPS 1325: guide</title>
<style>body{{font:16px/1.5 Segoe UI,Arial,sans-serif;max-width:46em;margin:2em auto;padding:0 1em}}
table{{border-collapse:collapse}}td,th{{border:1px solid #bbb;padding:.3em .6em;text-align:left}}
code{{background:#f2f2f2;padding:0 .2em}}</style>{body}</html>"""


def open_guide() -> Path:
    """Show the guide; the page that was opened."""
    page = Path(tempfile.gettempdir(), "wps_xl_guide.html")
    page.write_text(guide_html(), encoding="utf-8")
    webbrowser.open(page.as_uri())
    return page


def guide_html() -> str:
    """The guide as one page."""
    # Comes with rich, which prints the tables of the command line.
    from markdown_it import MarkdownIt

    text = assets.path("docs/guide.md").read_text(encoding="utf-8")
    return _PAGE.format(body=MarkdownIt().enable("table").render(text))
