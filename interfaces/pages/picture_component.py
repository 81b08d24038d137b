"""The picture of the graph page in the browser: Cytoscape, as it lies in `interfaces/vendor`, and what we do with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent.parent
_LIBRARIES = ("cytoscape.min.js", "layout-base.js", "cose-base.js", "cytoscape-fcose.js")  # each needs those before it
_BUTTONS = (
    ("nearer", "＋", "放大"),
    ("farther", "－", "缩小"),
    ("fit", "全图", "显示整张图"),
    ("whole", "全屏", "全屏显示"),
)
_FILES = (("png", "存 PNG", "把这张图存为 PNG"), ("svg", "存 SVG", "把这张图存为 SVG，可在排版软件中修改"))


def show_picture(data: dict[str, Any]) -> None:
    """Draw a picture: its `nodes` and `edges`, the `layout`, the `centre`, a `name` for its files, and `words` that say it."""
    _component()(data=data, key="picture")


@cache
def _component() -> Any:  # noqa: ANN401 - Streamlit has no name for it that is not private
    return st.components.v2.component("tiaoli_picture", html=_html(), js=_script(), isolate_styles=False)


def _html() -> str:
    buttons = "".join(
        f'<button type="button" data-act-picture="{act}" title="{tip}" aria-label="{tip}">{words}</button>'
        for act, words, tip in (*_BUTTONS, *_FILES)
    )
    return (
        '<div class="tl"><div class="picture" role="img"><div class="sheet"></div>'
        f'<div class="tools">{buttons}</div><div class="about" aria-live="polite" hidden></div></div></div>'
    )


def _script() -> str:
    """The libraries, which hang themselves on the window, and our module."""
    libraries = "\n".join(f"(function () {{\n{_read(f'vendor/{name}')}\n}}).call(window);" for name in _LIBRARIES)
    return f"{libraries}\nwindow.cytoscape.use(window.cytoscapeFcose);\n{_read('picture.js')}"


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
