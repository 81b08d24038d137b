"""范围: which documents an answer looks at, in the address and in widgets that several pages share."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from answers.scope import Scope
from interfaces.pages.address import Params
from interfaces.pages.library import Library
from tiaoli.records import DocType

_TYPE, _REGION, _TITLE, _PAST, _DOC = "type", "region", "title", "past", "doc"  # names in the address


def scope_in(params: Params) -> Scope:
    """Return the scope that an address asks for; whatever is odd in it is left out.

    >>> scope_in({"type": ["法律", "x"], "region": ["广东省"], "past": ["true"]})
    Scope(doc_ids=(), doc_types=(<DocType.LAW: '法律'>,), region='广东省', title='', past=True)
    """
    types = tuple(DocType(name) for name in params.get(_TYPE, ()) if name in set(DocType))
    first = {name: next(iter(params.get(name, ())), "") for name in (_REGION, _TITLE, _PAST)}
    title = " ".join(first[_TITLE].split())
    return Scope(tuple(params.get(_DOC, ())), types, first[_REGION].strip(), title, first[_PAST] == "true")


def scope_params(scope: Scope) -> dict[str, str | Sequence[str]]:
    """What stands in the address for a scope."""
    return {
        _DOC: list(scope.doc_ids),
        _TYPE: [kind.value for kind in scope.doc_types],
        _REGION: scope.region,
        _TITLE: scope.title,
        _PAST: "true" if scope.past else "",
    }


def choose_scope(library: Library) -> Scope:
    """Draw the widgets that set the scope in the address, and return the scope; folded until somebody opens them."""
    scope = scope_in({name: st.query_params.get_all(name) for name in st.query_params})
    regions = sorted({document.region for document in library.current if document.region})
    types = [kind for kind in DocType if any(document.doc_type is kind for document in library.current)]
    searched = sum(map(scope.holds, library.current))
    with st.expander(f"范围：{scope.described(searched, len(library.current))}"):
        st.multiselect("文种", [kind.value for kind in types], key=_TYPE, bind="query-params", placeholder="不限")
        st.selectbox("地区", ["", *regions], key=_REGION, bind="query-params", format_func=lambda one: one or "不限")
        st.text_input("标题或文号中的字", key=_TITLE, bind="query-params")
        st.toggle("含已失效文本", key=_PAST, bind="query-params")
    return scope
