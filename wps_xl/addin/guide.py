"""Opens the guide in the browser; it comes with the package, so no network is needed."""

from __future__ import annotations

import base64
import re
import tempfile
import webbrowser
from pathlib import Path

from wps_xl import assets

GUIDE = "docs/guide.md"
KINDS = {".png": "image/png", ".svg": "image/svg+xml"}
# A paragraph of a picture and, in italics, what it shows.
_FIGURE = re.compile(r'<p><img src="([^"]+)" alt="([^"]*)" />\n<em>(.*?)</em></p>', re.DOTALL)
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>WPS 1325: guide</title>
<meta name="viewport" content="width=device-width">
<style>body{{font:16px/1.5 Segoe UI,Arial,sans-serif;max-width:74em;margin:2em auto;padding:0 1em}}
p,ol,ul,table{{max-width:46em}}h2{{margin-top:2.5em;border-bottom:1px solid #bbb}}
table{{border-collapse:collapse}}td,th{{border:1px solid #bbb;padding:.3em .6em;text-align:left}}
figure{{margin:1.5em 0}}img{{max-width:100%;border:1px solid #ddd}}
figcaption{{color:#555;font-size:90%}}code{{background:#f2f2f2;padding:0 .2em}}</style>
{body}</html>"""


def open_guide() -> Path:
    """Show the guide; the page that was opened."""
    page = Path(tempfile.gettempdir(), "wps_xl_guide.html")
    page.write_text(guide_html(), encoding="utf-8")
    webbrowser.open(page.as_uri())
    return page


def guide_html() -> str:
    """The guide as one page that holds its pictures, so that it works wherever it lies."""
    # Comes with rich, which prints the tables of the command line.
    from markdown_it import MarkdownIt

    text = assets.path(GUIDE).read_text(encoding="utf-8")
    body = MarkdownIt().enable("table").render(text)
    return _PAGE.format(body=_FIGURE.sub(_figure, body))


def _figure(found: re.Match[str]) -> str:
    name, about, caption = found.groups()
    picture = f'<img src="{_picture(name)}" alt="{about}">'
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>"


def _picture(name: str) -> str:
    """The picture itself as an address."""
    file = assets.path(f"docs/{name}")
    return f"data:{KINDS[file.suffix]};base64,{base64.b64encode(file.read_bytes()).decode()}"
