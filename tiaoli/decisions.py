"""What persons say of norms, citations and names of bodies: how it is made, checked, and written as JSON lines.

`value` of a decision holds what is meant instead, in words and never in offsets, which the next version would break.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from tiaoli.errors import BadData
from tiaoli.exports import as_dict
from tiaoli.records import About, Citation, Clause, Decision, Document, Norm, NormKind, Strength, Verb

Line = Annotated[str, Meta(min_length=1, max_length=2_000, pattern=r"\S")]
Words = Annotated[str, Meta(min_length=1, max_length=200_000, pattern=r"\S")]
Text = Annotated[str, Meta(max_length=200_000)]
Place = Annotated[int, Meta(ge=0, lt=2**40)]
Number = Annotated[float, Meta(ge=0, le=1e18)]
Few = Meta(max_length=200)

_AHEAD = timedelta(days=1)  # that a clock may run ahead: a later word would never be overruled
_ID = 16  # hex digits of an id
_LONGEST_LINE = 16_000_000  # bytes


class BearerValue(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody on whom a norm lies."""

    name: Line
    inherited: bool = False


class DeadlineValue(Struct, frozen=True, forbid_unknown_fields=True):
    """A time limit; fields as in `Deadline`."""

    text: Line
    value: Number | None = None
    unit: Line | None = None
    anchor: Words | None = None
    recurrence: Line | None = None


class AmountValue(Struct, frozen=True, forbid_unknown_fields=True):
    """A sum; fields as in `Amount`."""

    text: Line
    low: Number | None
    high: Number | None
    unit: Line


class NormValue(Struct, frozen=True, forbid_unknown_fields=True):
    """What a norm is instead; fields as in `Norm`, those left out stay as they are."""

    kind: NormKind | UnsetType = UNSET
    strength: Strength | UnsetType | None = UNSET
    modal: Line | UnsetType | None = UNSET
    bearers: Annotated[tuple[BearerValue, ...], Few] | UnsetType = UNSET
    counterparty: Annotated[tuple[Line, ...], Few] | UnsetType = UNSET
    action: Text | UnsetType = UNSET
    object: Text | UnsetType | None = UNSET
    condition: Text | UnsetType | None = UNSET
    deadlines: Annotated[tuple[DeadlineValue, ...], Few] | UnsetType = UNSET
    amounts: Annotated[tuple[AmountValue, ...], Few] | UnsetType = UNSET
    power_type: Line | UnsetType | None = UNSET


class CitationValue(Struct, frozen=True, forbid_unknown_fields=True):
    """What a citation names instead; fields as in `Citation`. A target given here goes before what the title leads to."""

    title: Line | UnsetType = UNSET
    label: Line | UnsetType | None = UNSET
    relation: Literal["based_on", "applies", "refers_to", "amends", "repeals"] | UnsetType = UNSET
    target_doc_id: Line | UnsetType | None = UNSET
    target_clause_id: Words | UnsetType | None = UNSET


class BodyValue(Struct, frozen=True, forbid_unknown_fields=True):
    """The body that a name means; `kind` as in `Body`, by default what the name tells."""

    name: Line | UnsetType = UNSET
    kind: Line | UnsetType = UNSET
    region: Line | UnsetType | None = UNSET


Value = NormValue | CitationValue | BodyValue
_VALUES: Mapping[About, type[Value]] = {
    About.NORM: NormValue,
    About.CITATION: CitationValue,
    About.BODY: BodyValue,
}


class _Form(Struct, forbid_unknown_fields=True):
    """A decision as a line of JSON holds it: `value` as an object. An id that comes along is computed anew."""

    about: About
    verb: Verb
    words: Words
    who: Line
    when: Annotated[datetime, Meta(tz=True)]
    why: Text = ""
    value: dict[str, Any] = {}
    doc_id: Line | None = None
    clause_id: Words | None = None
    kind: NormKind | None = None
    label: Words | None = None
    start: Place | None = None
    clause_start: Place | None = None
    clause_text: Annotated[str, Meta(max_length=4_000_000)] = ""
    work: Words | None = None
    decision_id: str = ""


class Read(NamedTuple):
    """The decisions of a file, and the lines that are none, each with the reason."""

    decisions: list[Decision]
    refused: list[tuple[int, str]]  # number of the line from 1


# --- making ----------------------------------------------------------------------------------------------------------


def on_norm(
    norm: Norm,
    verb: Verb,
    *,
    who: str,
    clause: Clause,
    document: Document,
    why: str = "",
    when: datetime | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Decision:
    """Return what a person says of a norm as shown; `changes` are fields of `NormValue`. BadData where they do not fit.

    The whole norm is kept with it: who confirms or edits a norm vouches for what was shown, whatever is extracted later.
    """
    shown: dict[str, Any] = {} if verb is Verb.REJECT else as_dict(norm_value(norm)) | dict(changes or {})
    return decision(
        about=About.NORM,
        verb=verb,
        words=norm.text,
        who=who,
        when=when or datetime.now(UTC),
        why=why,
        value=shown,
        kind=norm.kind,
        start=norm.start,
        **_anchor(clause, document),
    )


def on_citation(
    citation: Citation,
    verb: Verb,
    *,
    who: str,
    clause: Clause,
    document: Document,
    why: str = "",
    when: datetime | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Decision:
    """Return what a person says of a citation; `changes` are fields of `CitationValue`. BadData where they do not fit."""
    added = {"title": citation.title, "label": citation.label, "relation": citation.relation}
    return decision(
        about=About.CITATION,
        verb=verb,
        words=citation.text,
        who=who,
        when=when or datetime.now(UTC),
        why=why,
        value=(added if verb is Verb.ADD else {}) | dict(changes or {}),
        label=citation.label,
        start=citation.start,
        **_anchor(clause, document),
    )


def on_body(
    alias: str,
    verb: Verb,
    *,
    who: str,
    name: str | None = None,
    document: Document | None = None,
    why: str = "",
    when: datetime | None = None,
) -> Decision:
    """Return what a person says that `alias` means: `name`, in every document or in one. BadData where it does not fit."""
    return decision(
        about=About.BODY,
        verb=verb,
        words="".join(alias.split()),
        who=who,
        when=when or datetime.now(UTC),
        why=why,
        value={} if name is None else {"name": "".join(name.split())},
        doc_id=None if document is None else document.doc_id,
        work=None if document is None else document.version_of,
    )


def norm_value(norm: Norm) -> NormValue:
    """Return all that a person can say of a norm, as it stands."""
    return NormValue(
        kind=norm.kind,
        strength=norm.strength,
        modal=norm.modal,
        bearers=tuple(BearerValue(b.name, b.inherited) for b in norm.bearers),
        counterparty=norm.counterparty,
        action=norm.action,
        object=norm.object,
        condition=norm.condition,
        deadlines=tuple(DeadlineValue(d.text, d.value, d.unit, d.anchor, d.recurrence) for d in norm.deadlines),
        amounts=tuple(AmountValue(a.text, a.low, a.high, a.unit) for a in norm.amounts),
        power_type=norm.power_type,
    )


def _anchor(clause: Clause, document: Document) -> dict[str, Any]:
    return {
        "doc_id": document.doc_id,
        "clause_id": clause.clause_id,
        "clause_start": clause.start,
        "clause_text": clause.text,
        "work": document.version_of,
    }


# --- checking --------------------------------------------------------------------------------------------------------


def decision(**given: Any) -> Decision:  # noqa: ANN401
    """Return the decision with these fields (`value` as a mapping), its id computed; BadData says what does not fit."""
    try:
        return _decision(msgspec.convert({k: _plain(v) for k, v in given.items()}, _Form))
    except (msgspec.ValidationError, ValueError) as error:
        raise BadData(f"更正不合格式：{_reason(error)}") from error


def check(one: Decision) -> None:
    """BadData where a decision made by hand is none that `decision` could have made."""
    if one != decision(**next(as_lines((one,)))):
        raise BadData(f"更正不合格式：编号 {one.decision_id} 与内容不符")


def value_of(decision: Decision) -> Value:
    """Return what a decision says instead; BadData where a foreign hand wrote a value that does not fit."""
    try:
        return msgspec.json.decode(decision.value, type=_VALUES[decision.about])
    except (msgspec.DecodeError, ValueError) as error:
        raise BadData(f"更正 {decision.decision_id} 的内容不合格式：{error}") from error


def _plain(value: object) -> object:
    """A datetime without a zone is refused like its text; enums and records become what JSON holds."""
    return value if isinstance(value, datetime) else msgspec.to_builtins(value)


def _decision(form: _Form) -> Decision:
    """Return the decision of a form; a ValueError says in Chinese what does not fit."""
    value = msgspec.convert(form.value, _VALUES[form.about])
    _check(form, value)
    fields = msgspec.structs.asdict(form) | {"when": form.when.astimezone(UTC), "value": _canonical(value)}
    one = Decision(**fields)
    digest = hashlib.sha256(msgspec.json.encode(replace(one, decision_id=""))).hexdigest()
    return replace(one, decision_id=digest[:_ID])


def _check(form: _Form, value: Value) -> None:
    for words in (form.words, form.who, form.why, form.clause_text, *map(str, (form.doc_id, form.clause_id))):
        words.encode()  # a lone surrogate is no text
    _canonical(value).encode()
    if form.when.astimezone(UTC) > datetime.now(UTC) + _AHEAD:
        raise ValueError(f"时间 {form.when.isoformat()} 还没有到，请检查 when")
    if form.about is not About.BODY and (form.doc_id is None or form.clause_id is None):
        raise ValueError("规范和引用的更正要写明 doc_id 和 clause_id")
    if form.about is About.NORM and form.kind is None:
        raise ValueError("规范的更正要写明 kind")
    if form.verb is Verb.EDIT and not form.value:
        raise ValueError("修改要写明 value")
    if form.verb is Verb.ADD and isinstance(value, CitationValue) and value.title is UNSET:
        raise ValueError("增加引用要写明 value.title")
    if form.verb in (Verb.EDIT, Verb.ADD) and isinstance(value, BodyValue) and value.name is UNSET:
        raise ValueError("机构名称的更正要写明 value.name")


def _canonical(value: Value) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


# --- JSON lines ------------------------------------------------------------------------------------------------------


def as_lines(decisions: Iterable[Decision]) -> Iterator[dict[str, Any]]:
    """Yield decisions as JSON lines hold them, `value` as an object; `read_lines` gives the same decisions back."""
    for one in decisions:
        try:
            yield as_dict(one) | {"value": msgspec.json.decode(one.value)}
        except msgspec.DecodeError as error:
            raise BadData(f"更正 {one.decision_id} 的内容不合格式：{error}") from error


def read_lines(lines: Iterable[bytes]) -> Read:
    """Read decisions from JSON lines; empty lines count for nothing, a line that does not fit is refused with the reason."""
    found = Read([], [])
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if len(line) > _LONGEST_LINE:
                raise ValueError("这一行太长")
            found.decisions.append(_decision(msgspec.json.decode(line, type=_Form)))
        except (msgspec.DecodeError, ValueError, RecursionError) as error:  # a ValidationError is a DecodeError
            found.refused.append((number, _reason(error)))
    return found


def _reason(error: Exception) -> str:
    """Return in Chinese why a line or a field does not fit."""
    if isinstance(error, UnicodeError):
        return "有不能保存的字符"
    if isinstance(error, RecursionError):
        return "嵌套太深"
    if isinstance(error, msgspec.ValidationError):
        return f"字段不合要求（{error}）"
    return f"不是合格的 JSON（{error}）" if isinstance(error, msgspec.DecodeError) else str(error)
