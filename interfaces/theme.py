"""How the app looks, and the one door through which words of users and documents enter HTML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st
from streamlit import Page

_FOLDER = Path(__file__).parent


def esc(text: object) -> str:
    r"""Return `text` as HTML shows it, in an element or in a quoted attribute; parsed files are hostile.

    >>> esc('<script>"甲" & \'乙\'</script>')
    '&lt;script&gt;&quot;甲&quot; &amp; &#x27;乙&#x27;&lt;/script&gt;'
    """
    return escape(str(text), quote=True)


def apply(pages: Sequence[Page], current: Page) -> None:
    """Give the page its style, its behaviour (files of ours, without words of documents) and its links on small screens."""
    st.html(f"<style>{_read('theme.css')}</style>")
    st.html(f"<script>{_read('theme.js')}{_read('marks.js')}</script>", unsafe_allow_javascript=True)
    links = (_page_link(page, page.url_path == current.url_path) for page in pages)
    show(f'<nav class="small-nav" aria-label="页面">{"".join(links)}</nav>')


def _page_link(page: Page, here: bool) -> str:
    return f'<a href="./{esc(page.url_path)}"{" aria-current=page" if here else ""}>{esc(page.title)}</a>'


def show(html: str) -> None:
    """Draw HTML that was made with `esc`, in the style of the app."""
    st.html(f'<div class="tl" lang="zh-CN">{html}</div>')


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
