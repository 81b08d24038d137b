"""The pages of the app without a browser: a store of a few texts, a page at an address, its HTML, the words it shows."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from streamlit.testing.v1 import AppTest

from ingest import pipeline
from search.update import locked, update
from tiaoli.store import Store

ROOT = Path(__file__).parent.parent
ADDED = ("tools", "issue", "fn")  # what the reader adds to the words of a text


def fill(folder: Path, texts: dict[str, str]) -> Path:
    """A store with files of these texts, and its index."""
    source = folder / "文件"
    source.mkdir(exist_ok=True)
    for name, text in texts.items():
        (source / name).write_text(text, encoding="utf-8")
    with Store(folder / "库") as store:
        list(pipeline.ingest([source], store, workers=0))
        with locked(store.folder):
            update(store)
    return folder / "库"


def html(app: AppTest) -> str:
    """All HTML of a page but our own script and style."""
    assert not app.exception, app.exception
    bodies = [element.proto.body for element in app.get("html")]
    return "".join(body for body in bodies if not body.startswith(("<script>", "<style>")))


def opened(app: AppTest, page: str, /, **params: str | list[str]) -> str:
    """A page at an address."""
    app.run()
    app.switch_page(f"interfaces/pages/{page}_page.py")
    for name, value in params.items():
        app.query_params[name] = value
    return html(app.run())


class Words(HTMLParser):
    """The words of a text as the reader shows it, without what it adds."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.added = [], 0

    def handle_starttag(self, tag, attrs):
        if self.added and tag != "br":
            self.added += 1
        elif dict(attrs).get("class") in ADDED:
            self.added = 1

    def handle_endtag(self, tag):
        self.added -= bool(self.added)

    def handle_data(self, data):
        if not self.added:
            self.words.append(data)


def shown_words(page: str) -> str:
    """The words of the text on the reader's page, without blanks."""
    parser = Words()
    parser.feed(page[page.index('<div class="law"') :])
    return "".join("".join(parser.words).split())
