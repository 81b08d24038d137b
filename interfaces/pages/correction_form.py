"""The forms in which a person confirms, edits, deletes or adds: a norm, a citation, the name of a body.

The address says which: `act` with `norm`, with `cite` and `in`, with `named`, or with `in` and `words` for a new norm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from interfaces import state
from interfaces.pages import correcting, norm_words
from interfaces.pages.correcting import Draft
from interfaces.pages.correcting_references import (
    OF_BODY,
    OF_CITATION,
    find_citations,
    meaning,
    new_body,
    new_citation,
    said_of_body,
    said_of_citations,
)
from interfaces.pages.reading import Reading
from tiaoli.errors import BadData, TiaoliError
from tiaoli.records import Citation, Clause, Decision, Norm, NormKind, Strength, Verb

_ACT, _NORM, _CITE, _NAMED, _IN, _WORDS = "act", "norm", "cite", "named", "in", "words"  # in the address
_LINES = "一行一个"
_EVERYWHERE = "所有文件中的这个写法都这样认定"


def show(reading: Reading) -> None:
    """Open the form that the address asks for; nothing where it asks for none or for what is not there."""
    asked = st.query_params.get(_ACT, "")
    verb = next((verb for verb in Verb if verb.value == asked), None)
    norm = correcting.find(reading, st.query_params.get(_NORM, ""))
    if verb in OF_BODY and (named := st.query_params.get(_NAMED, "")):
        _opened(OF_BODY[verb])(_body_form, reading, verb, named)
    elif verb in OF_CITATION and (start := st.query_params.get(_CITE, "")):
        if citations := find_citations(reading, st.query_params.get(_IN, ""), start):
            _opened(OF_CITATION[verb])(_citation_form, reading, verb, citations)
    elif verb is Verb.ADD:
        clause = _clause(reading, norm)
        if clause is not None:
            _opened("补充")(_addition, reading, clause)
    elif verb is not None and norm is not None:
        _opened(correcting.ACTS[verb])(_form, reading, verb, norm, reading.clause(norm.clause_id))


def _clause(reading: Reading, norm: Norm | None) -> Clause | None:
    """The clause to which a norm is to be added."""
    named = st.query_params.get(_IN, "") or (norm.clause_id if norm else "")
    return next((clause for clause in reading.clauses if clause.clause_id == named), None)


def _opened(title: str) -> Callable[..., None]:
    """Return what draws a form, given first, in a dialog."""
    leave = partial(_leave, _ACT, _IN, _WORDS, _NORM, _CITE, _NAMED)
    return st.dialog(title, width="medium", on_dismiss=leave)(_drawn)


def _drawn(form: Callable[..., None], *given: object) -> None:
    form(*given)


def _leave(*names: str) -> None:
    for name in names:
        if name in st.query_params:
            del st.query_params[name]


def _addition(reading: Reading, clause: Clause) -> None:
    """What the clause holds and was missed: a norm, a citation or a body."""
    what = st.radio("补充什么", ["规范", "引用", "机构"], horizontal=True, key="correction_what")
    if what == "规范":
        _form(reading, Verb.ADD, None, clause)
        return
    st.text(f"{reading.citation(clause) or clause.label}")
    everywhere, title, label, name = False, "", "", ""
    with st.form("correction", border=False):
        words = st.text_area(
            f"{what}原文（这一条款中连续的一段文字）", _selected(clause), key="correction_words", height=68
        )
        if what == "引用":
            title, label = _target("", "")
        else:
            name = st.text_input("机构全称（与原文相同时可不填）", key="correction_name")
            everywhere = st.checkbox(_EVERYWHERE, key="correction_everywhere")
        who, why = _signature(Verb.ADD)
        done = st.form_submit_button(f"补充{what}", type="primary")
    if done and what == "引用":
        _save(lambda: [new_citation(reading, clause, words, title, label, who=who, why=why)], who, "补充引用")
    elif done:
        add = partial(new_body, reading, clause, words, name, everywhere=everywhere, who=who, why=why)
        _save(lambda: [add()], who, "补充机构")


def _selected(clause: Clause) -> str:
    return st.query_params.get(_WORDS, "") or clause.text


def _target(title: str, label: str) -> tuple[str, str]:
    """The fields for what a citation means."""
    left, right = st.columns([2, 1])
    title = left.text_input("所引文件的标题（指本文件时写“本文件”）", title, key="correction_title")
    label = right.text_input("条款（引用整个文件时留空）", label, key="correction_label", placeholder="第七条第二款")
    return title, label


def _form(reading: Reading, verb: Verb, norm: Norm | None, clause: Clause) -> None:
    st.text(f"{reading.citation(clause) or clause.label}{f'　{correcting.summary(norm)}' if norm else ''}")
    with st.form("correction", border=False):
        words = ""
        if norm is None:
            words = st.text_area("规范原文（这一条款中连续的一段文字）", _selected(clause), key="correction_words")
        draft = Draft()
        if verb in (Verb.EDIT, Verb.ADD):
            draft = _fields(correcting.draft_of(norm) if norm else Draft())
        who, why = _signature(verb)
        done = st.form_submit_button(correcting.ACTS[verb], type="primary")
    if done:

        def said() -> list[Decision]:
            about = norm or correcting.new_norm(reading, clause, words)
            return [correcting.said(reading, about, verb, draft, who=who, why=why)]

        _save(said, who, correcting.ACTS[verb])


def _citation_form(reading: Reading, verb: Verb, citations: Sequence[Citation]) -> None:
    citation = citations[0]
    st.text(f"{reading.citation(reading.clause(citation.clause_id))}　{citation.text}")
    title, label = citation.title, citation.label or ""
    with st.form("correction", border=False):
        if verb is Verb.EDIT:
            title, label = _target(title, label)
        who, why = _signature(verb)
        done = st.form_submit_button(OF_CITATION[verb], type="primary")
    if done:
        said = partial(said_of_citations, reading, citations, verb, title, label, who=who, why=why)
        _save(said, who, OF_CITATION[verb])


def _body_form(reading: Reading, verb: Verb, words: str) -> None:
    name = meaning(reading, words)
    st.text(words if name == words else f"{words}　指　{name}")
    with st.form("correction", border=False):
        if verb is Verb.EDIT:
            name = st.text_input("机构全称", name, key="correction_name")
        everywhere = st.checkbox(_EVERYWHERE, key="correction_everywhere")
        who, why = _signature(verb)
        done = st.form_submit_button(OF_BODY[verb], type="primary")
    if done:
        _save(
            lambda: [said_of_body(reading, words, verb, name, everywhere=everywhere, who=who, why=why)],
            who,
            OF_BODY[verb],
        )


def _signature(verb: Verb) -> tuple[str, str]:
    """The fields for who says it and why."""
    left, right = st.columns([1, 2])
    who = left.text_input("核对人", st.session_state.get(state.WHO, ""), key="correction_who", max_chars=40)
    why = right.text_input("理由" if verb is not Verb.CONFIRM else "理由（可不填）", key="correction_why")
    return who, why


def _save(said: Callable[[], Sequence[Decision]], who: str, done: str) -> None:
    """Enter what was said and close the form; what does not fit is told in it."""
    st.session_state[state.WHO] = who.strip()
    try:
        state.put_decisions(said())
    except (BadData, TiaoliError) as error:
        st.error(str(error))
        return
    st.toast(f"已记下：{done}")
    _leave(_ACT, _IN, _WORDS, _CITE, _NAMED)
    st.rerun()


def _fields(draft: Draft) -> Draft:
    """The fields of a norm, filled with what is known, and what a person makes of them."""
    left, right = st.columns(2)
    kinds, strengths = list(norm_words.KINDS), [None, *Strength]
    kind: NormKind = left.selectbox(
        "类型", kinds, kinds.index(draft.kind), format_func=lambda k: norm_words.KINDS[k], key="correction_kind"
    )
    strength: Strength | None = right.selectbox(
        "强度",
        strengths,
        strengths.index(draft.strength),
        format_func=lambda s: norm_words.STRENGTHS[s] if s else "不分强度",
        key="correction_strength",
    )
    left, right = st.columns(2)
    bearers = left.text_area(f"承担主体（{_LINES}）", draft.bearers, key="correction_bearers", height=68)
    parties = right.text_area(f"相对方（{_LINES}）", draft.counterparty, key="correction_counterparty", height=68)
    action = st.text_area("行为", draft.action, key="correction_action", height=68)
    left, right = st.columns(2)
    thing = left.text_input("对象", draft.object, key="correction_object")
    condition = right.text_input("条件", draft.condition, key="correction_condition")
    left, right = st.columns(2)
    modal = left.text_input("规范词", draft.modal, key="correction_modal", placeholder="应当、不得、可以……")
    power = right.text_input("权力类型", draft.power_type, key="correction_power")
    left, right = st.columns(2)
    limits = left.text_area(
        f"时限（{_LINES}）",
        draft.deadlines,
        key="correction_deadlines",
        height=68,
        placeholder="二十日内 | 20 | 日 | 受理",
        help="原文 | 数值 | 单位 | 从何时起算 | 多久一次，用竖线隔开，后面的可以不写",
    )
    sums = right.text_area(
        f"数额（{_LINES}）",
        draft.amounts,
        key="correction_amounts",
        height=68,
        placeholder="五千元以上五万元以下 | 5000 | 50000 | 元",
        help="原文 | 下限 | 上限 | 单位，用竖线隔开",
    )
    return Draft(kind, strength, modal, bearers, parties, action, thing, condition, limits, sums, power)
