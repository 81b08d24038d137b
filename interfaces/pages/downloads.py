"""Buttons that give an answer away: as an Excel workbook whose rows lead back to the clauses, as a Word document, as JSON."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from urllib.parse import urljoin

import networkx as nx
import streamlit as st

from graph.formats import write_json
from interfaces.pages.address import clause_href
from office.tables import Link, Table, excel_file, word_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Tables = Callable[[], Sequence[Table]]  # made when somebody presses the button


def excel_button(label: str, name: str, tables: Tables) -> None:
    """Offer `name`.xlsx; links in it lead to this app at the address where the browser has it open."""
    here = st.context.url or ""
    link = lambda clause_id: urljoin(here, clause_href(clause_id))  # noqa: E731
    st.download_button(label, lambda: excel_file(tables(), link), f"{name}.xlsx", EXCEL, on_click="ignore")


def word_button(label: str, name: str, tables: Tables) -> None:
    """Offer `name`.docx."""
    st.download_button(label, lambda: word_file(tables()), f"{name}.docx", WORD, on_click="ignore")


def json_button(label: str, name: str, G: nx.MultiDiGraph[str]) -> None:
    """Offer a small graph as `name`.json, in the form of `tiaoli export graph --format json`."""

    def written() -> bytes:
        out = io.BytesIO()
        write_json(G, out)
        return out.getvalue()

    st.download_button(label, written, f"{name}.json", "application/json", on_click="ignore")


def ics_button(label: str, name: str, data: Callable[[Link], bytes]) -> None:
    """Offer `name`.ics, made when somebody presses the button; links in it lead to this app."""
    here = st.context.url or ""
    link = lambda clause_id: urljoin(here, clause_href(clause_id))  # noqa: E731
    st.download_button(label, lambda: data(link), f"{name}.ics", "text/calendar", on_click="ignore")
