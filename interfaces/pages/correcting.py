"""What a person says of a norm, from the words of a form to a decision. Plain functions, no widgets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from interfaces.pages import norm_words
from interfaces.pages.reading import Reading
from interfaces.parts import day
from tiaoli.decided import key_of
from tiaoli.decisions import on_norm
from tiaoli.errors import BadData
from tiaoli.records import About, Clause, Decision, Norm, NormKind, Strength, Verb

ACTS = {Verb.CONFIRM: "确认", Verb.EDIT: "修改", Verb.REJECT: "删除", Verb.ADD: "补充规范"}
_DONE = {Verb.CONFIRM: "确认", Verb.EDIT: "修改", Verb.REJECT: "删除", Verb.ADD: "补充"}
_SEPARATOR = re.compile(r"\s*[|｜]\s*")


@dataclass(frozen=True, slots=True)
class Draft:
    """A norm as the fields of a form hold it; lists have one entry a line."""

    kind: NormKind = NormKind.DUTY
    strength: Strength | None = None
    modal: str = ""
    bearers: str = ""
    counterparty: str = ""
    action: str = ""
    object: str = ""
    condition: str = ""
    deadlines: str = ""  # 二十日内 | 20 | 日 | 受理 | how often it returns
    amounts: str = ""  # 五千元以上五万元以下 | 5000 | 50000 | 元
    power_type: str = ""


def draft_of(norm: Norm) -> Draft:
    """Return what a form shows of a norm."""
    return Draft(
        norm.kind,
        norm.strength,
        norm.modal or "",
        "\n".join(bearer.name for bearer in norm.bearers),
        "\n".join(norm.counterparty),
        norm.action,
        norm.object or "",
        norm.condition or "",
        "\n".join(_line(d.text, d.value, d.unit, d.anchor, d.recurrence) for d in norm.deadlines),
        "\n".join(_line(a.text, a.low, a.high, a.unit) for a in norm.amounts),
        norm.power_type or "",
    )


def _line(*parts: str | float | None) -> str:
    """Several values in one line.

    >>> _line("二十日内", 20.0, "日", None, None)
    '二十日内 | 20 | 日'
    """
    written = ["" if part is None else f"{part:.12g}" if isinstance(part, float | int) else part for part in parts]
    while written and not written[-1]:
        written.pop()
    return " | ".join(written)


def changes(norm: Norm, draft: Draft) -> dict[str, Any]:
    """Return what a form says otherwise than the norm, as fields of `NormValue`; BadData tells what cannot be read."""
    before = draft_of(norm)
    changed = [f.name for f in fields(Draft) if getattr(draft, f.name) != getattr(before, f.name)]
    return {name: _READERS.get(name, _words)(getattr(draft, name), norm) for name in changed}


def _words(given: str, norm: Norm) -> str | None:
    return given.strip() or None


def _bearers(given: str, norm: Norm) -> list[dict[str, object]]:
    inherited = {bearer.name: bearer.inherited for bearer in norm.bearers}
    return [{"name": name, "inherited": inherited.get(name, name not in norm.text)} for name in _lines(given)]


def _deadlines(given: str, norm: Norm) -> list[dict[str, object]]:
    return [
        {"text": text, "value": _number(value, "时限"), "unit": unit, "anchor": anchor, "recurrence": recurrence}
        for text, value, unit, anchor, recurrence in _rows(given, 5, "时限")
    ]


def _amounts(given: str, norm: Norm) -> list[dict[str, object]]:
    return [
        {"text": text, "low": _number(low, "数额"), "high": _number(high, "数额"), "unit": unit or "元"}
        for text, low, high, unit in _rows(given, 4, "数额")
    ]


_READERS: Mapping[str, Callable[[Any, Norm], Any]] = {
    "kind": lambda given, norm: given,
    "strength": lambda given, norm: given,
    "bearers": _bearers,
    "counterparty": lambda given, norm: list(_lines(given)),
    "action": lambda given, norm: given.strip(),
    "deadlines": _deadlines,
    "amounts": _amounts,
}


def _lines(given: str) -> Iterator[str]:
    return (line.strip() for line in given.splitlines() if line.strip())


def _rows(given: str, width: int, name: str) -> Iterator[Sequence[str | None]]:
    for line in _lines(given):
        parts = [part or None for part in _SEPARATOR.split(line)]
        if len(parts) > width or parts[0] is None:
            raise BadData(f"{name}“{line}”读不懂：请写成 原文 | 数值 | 单位，用竖线隔开。")
        yield parts + [None] * (width - len(parts))


def _number(given: str | None, name: str) -> float | None:
    try:
        return None if given is None else float(given.replace(",", ""))
    except ValueError:
        raise BadData(f"{name}中的“{given}”不是数字，请用阿拉伯数字。") from None


# --- decisions -------------------------------------------------------------------------------------------------------


def new_norm(reading: Reading, clause: Clause, words: str) -> Norm:
    """Return a norm of which only the words are known; BadData where the clause does not hold them one after the other."""
    start, end = place_of(reading, clause, words)
    text = reading.text[start:end]
    return Norm("", clause.clause_id, clause.doc_id, start, end, text, NormKind.DUTY, action=text)


def place_of(reading: Reading, clause: Clause, words: str) -> tuple[int, int]:
    """Return where words stand in a clause, blanks not counted; BadData where they do not."""
    wanted = r"\s*".join(re.escape(letter) for letter in "".join(words.split()))
    found = re.search(wanted, reading.text[clause.start : clause.end]) if wanted else None
    if found is None:
        raise BadData("原文要是这一条款中连续的一段文字，请从正文中复制。")
    return clause.start + found.start(), clause.start + found.end()


def said(reading: Reading, norm: Norm, verb: Verb, draft: Draft, *, who: str, why: str) -> Decision:
    """Return the decision that a form makes; BadData says in Chinese what is missing or does not fit."""
    who, why = signed(who, why, verb)
    if verb is Verb.ADD:
        norm = replace(norm, kind=draft.kind)
        draft = replace(draft, action=draft.action.strip() or norm.text)
    changed = changes(norm, draft) if verb in (Verb.EDIT, Verb.ADD) else {}
    if verb is Verb.EDIT and not changed:
        raise BadData("还没有改动任何一项。如果都对，请用“确认”。")
    clause = reading.clause(norm.clause_id)
    return on_norm(norm, verb, who=who, clause=clause, document=reading.document, why=why, changes=changed)


def signed(who: str, why: str, verb: Verb) -> tuple[str, str]:
    """Return who says something and why; BadData where a name is missing, or a reason for more than a confirmation."""
    if not who.strip():
        raise BadData("请写上您的名字，以后好查是谁核对的。")
    if not why.strip() and verb is not Verb.CONFIRM:
        raise BadData("请写明理由。")
    return who.strip(), why.strip()


def told(decision: Decision) -> str:
    """Who said what of a norm, when and why, in one line."""
    why = f"：{decision.why}" if decision.why else ""
    return f"{decision.who} {day(decision.when.astimezone().date())}{_DONE[decision.verb]}{why}"


def about(norm: Norm, decisions: Sequence[Decision]) -> list[Decision]:
    """Return what was said of a norm, the earliest first."""
    key = key_of(norm.text)
    return [d for d in decisions if d.about is About.NORM and d.clause_id == norm.clause_id and key_of(d.words) == key]


def removed(reading: Reading) -> list[Norm]:
    """Return the norms that were found but that persons deleted."""
    left = {norm.norm_id for norm in reading.norms}
    gone = (norm for norm in reading.extracted if norm.norm_id not in left)
    return [norm for norm in gone if any(d.verb is Verb.REJECT for d in about(norm, reading.said))]


def find(reading: Reading, norm_id: str) -> Norm | None:
    """Return the norm of that id, a deleted one too; None where the document has none."""
    return next((norm for norm in (*reading.norms, *removed(reading)) if norm.norm_id == norm_id), None)


def summary(norm: Norm) -> str:
    """A norm in one line, as a form shows what it is about."""
    return f"【{norm_words.KINDS[norm.kind]}】{norm.text}"
