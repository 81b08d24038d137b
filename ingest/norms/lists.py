"""Norms that are not written as sentences: functions in a list, rows of a powers list, bodies in brackets at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.norms import words
from ingest.norms.bearers import as_bearers, inherited, named
from ingest.norms.deadlines import find_deadlines
from ingest.norms.parties import names_at_end
from ingest.norms.place import Place, text_start
from ingest.norms.rows import Row, distinct, lead_of_cases, pieces, type_of_power
from ingest.norms.sentences import masked, sentences
from ingest.norms.units import units
from tiaoli.records import Assignment, Bearer, Norm, NormKind, Span, Strength

_PIECE = re.compile(r"[^；;。\n]+")
_SHORTEST = 3  # characters of a function
_HEAD_OF_LIST = re.compile(r"(?:职责|职权|任务|如下|下列|以下)(?:是|有|为)?$")
_NO_FUNCTION = re.compile(r"是指|所称|从其规定|起(?:施行|实施|执行)$")
_OWN_WORK = re.compile(
    r"监测|应诉|复议|诉讼|培训|宣传|统计|信息|党|人事|财务|后勤|文秘|档案|政务公开|信访|保密|工会|值班|接待|绩效|教育|日常工作|完成"
)
_ON_OTHERS = re.compile(r"许可|注册|核发|审批|监管|认证|备案|检查|处罚|执法|监督管理|监督实施")
_CHARGES = ("负责", "协助", "配合", "承担", "承办")
_LINE = re.compile(r"[^\n、；;]*[^\s、；;][^\n、；;]*(?<=\S)")
_LAWFULLY = re.compile(r"^(?:依法依规|依法|及时)+(?=.{2})")
_OPENING, _CLOSING = "（(〔[【", "）)〕]】"
_CHARGED = re.compile(r"(?:按照?.{0,12}|.{0,4})负责|牵头(?!单位|部门)|落实(?!单位|部门)")


def read_functions(place: Place) -> None:
    """Read a list of functions: each part between semicolons is one, a noun phrase too.

    What is done on others is a power, own work that the body is charged with (负责应诉) a duty.
    """
    start = text_start(place.clause, place.text)
    for piece in _PIECE.finditer(masked(place.text[start : place.clause.end])):
        span = _stripped(place.text, start + piece.start(), start + piece.end())
        shown = place.text[span.start : span.end]
        if len(shown) >= _SHORTEST and not _NO_FUNCTION.search(shown) and not _HEAD_OF_LIST.search(shown):
            place.add(_function(place, span))


def read_row(place: Place, row: Row) -> None:
    """Read a row of a powers list: the item as a power, its charge, the duties, and who is liable."""
    if row.item is not None:
        power = type_of_power(row.type, _shown(place, row.item))
        basis = tuple(
            s for cell in row.basis for s in place.cited(cell.start, cell.end) if not _in_brackets(place.text, s)
        )
        item = _norm(place, row.item, NormKind.POWER, _row_bearers(place, row), "row")
        place.add(replace(item, power_type=power, citations=basis))
        for piece in (p for cell in distinct(place.text, row.charges) for p in pieces(place.text, cell)):
            place.add(_charge(place, piece, _row_bearers(place, row), power))
    for piece in (p for cell in row.duties for p in pieces(place.text, cell)):
        norm = _norm(place, piece, NormKind.DUTY, _own_bearers(place, piece) or _row_bearers(place, row), "row")
        modal = "应当" if "应当" in norm.text else None
        place.add(replace(norm, modal=modal, strength=Strength.MANDATORY if modal else Strength.DIRECTIVE))
    leads = [span for cell in row.liabilities if (span := lead_of_cases(place.text, cell))]
    for span in distinct(place.text, leads):
        place.add(_liability(place, span))


def charges(place: Place, assignments: Sequence[Assignment]) -> list[tuple[Span, list[Assignment]]]:
    """Return the brackets of a clause that charge bodies with it (市民政局、市财政局按职责分工负责), with those bodies.

    A mere list of bodies (责任单位：市民政局) says who is responsible and is no sentence.
    """
    brackets: dict[tuple[int, int], list[Assignment]] = {}
    for assignment in assignments:
        start = max(place.text.rfind(sign, place.clause.start, assignment.start) for sign in _OPENING) + 1
        ends = [at for sign in _CLOSING if (at := place.text.find(sign, assignment.end, place.clause.end)) >= 0]
        brackets.setdefault((max(start, place.clause.start), min(ends, default=place.clause.end)), []).append(
            assignment
        )
    return [
        (Span(start, end), bodies)
        for (start, end), bodies in sorted(brackets.items(), key=lambda item: item[0])
        if place.text[start - 1 : start] in _OPENING and _CHARGED.search(place.text, bodies[-1].end, end)
    ]


def read_charge(place: Place, bracket: Span, assignments: Sequence[Assignment]) -> None:
    """Read the bodies of a bracket as those on whom a duty of its own lies."""
    span = _stripped(place.text, bracket.start, bracket.end)
    charged = _CHARGED.search(place.text, assignments[-1].end, span.end)
    bearers = tuple(Bearer(a.body, a.start, a.end) for a in assignments)
    norm = _norm(place, span, NormKind.DUTY, bearers, "assignment")
    action = charged[0] if charged else "负责"
    place.add(replace(norm, strength=Strength.MANDATORY, modal="负责", action=action, deadlines=()))


def _function(place: Place, span: Span) -> Norm:
    shown = place.text[span.start : span.end]
    charge, power = shown.startswith("负责"), words.power_type(shown)
    own = _is_own_work(shown)
    bearers = inherited(place.lead.bearers) if place.lead is not None else ()
    norm = _norm(place, span, NormKind.DUTY if own else NormKind.POWER, bearers, "function")
    return replace(
        norm,
        action=shown,
        strength=(Strength.MANDATORY if charge else Strength.DIRECTIVE) if own else None,
        modal="负责" if charge else None,
        power_type=None if own else power or "其他",
    )


def _liability(place: Place, span: Span) -> Norm:
    """Return the sentence of a row that says who is liable, before the cases."""
    text = place.text[span.start : span.end]
    modal = re.search("应当?", text)
    before = text[: modal.start()] if modal else ""
    at = max(before.rfind(sign) for sign in "，,的") + 1
    bearers = as_bearers(names_at_end(before[at:]), span.start + at, place)
    norm = _norm(place, span, NormKind.LIABILITY, bearers, "row")
    condition = text[: text.rfind("的") + 1] if "的" in text else None
    action = text[modal.end() :] if modal else text
    return replace(norm, modal=modal[0] if modal else None, action=action, condition=condition, power_type="处分问责")


def _norm(place: Place, span: Span, kind: NormKind, bearers: tuple[Bearer, ...], rule: str) -> Norm:
    return Norm(
        norm_id="",
        clause_id=place.clause.clause_id,
        doc_id=place.clause.doc_id,
        start=span.start,
        end=span.end,
        text=place.text[span.start : span.end],
        kind=kind,
        bearers=bearers,
        action=_LAWFULLY.sub("", _shown(place, span)),
        deadlines=tuple(find_deadlines(place.text, span.start, span.end)),
        citations=place.cited(span.start, span.end),
        rule=rule,
    )


def _charge(place: Place, span: Span, bearers: tuple[Bearer, ...], power: str) -> Norm:
    """Return what a row says the body is charged with: its own work is a duty, what it does on others the row's power."""
    norm = _norm(place, span, NormKind.POWER, bearers, "row")
    modal = "负责" if norm.text.startswith("负责") else None
    if _is_own_work(norm.text):
        return replace(
            norm, kind=NormKind.DUTY, strength=Strength.MANDATORY if modal else Strength.DIRECTIVE, modal=modal
        )
    return replace(norm, modal=modal, power_type=power)


def _is_own_work(text: str) -> bool:
    """Tell whether a function is work of the body itself or help for another, and nothing done on outsiders."""
    if not text.startswith(_CHARGES) or _ON_OTHERS.search(text):
        return False
    return words.power_type(text) is None or not text.startswith("负责") or _OWN_WORK.search(text) is not None


def _row_bearers(place: Place, row: Row) -> tuple[Bearer, ...]:
    lines = (
        line for cell in distinct(place.text, row.bearers) for line in _LINE.finditer(place.text, cell.start, cell.end)
    )
    return tuple({line[0]: Bearer(line[0], line.start(), line.end()) for line in lines}.values())


def _own_bearers(place: Place, span: Span) -> tuple[Bearer, ...]:
    """Return whom a duty of a row names as its subject: 执法人员应当出示证件."""
    found = next(sentences(place.text, span.start, span.end), None)
    if found is None:
        return ()
    return next((own for unit in units(found, policy=True)[:1] if (own := named(unit, place))), ())


def _shown(place: Place, span: Span) -> str:
    return "".join(place.text[span.start : span.end].split())


def _in_brackets(text: str, span: Span) -> bool:
    """Tell whether a cited title stands in brackets behind another, where the amendments of that one are told."""
    before = text[max(0, span.start - 200) : span.start]
    return before.rfind("（") > before.rfind("）") or before.rfind("(") > before.rfind(")")


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \u3000\t\n":
        start += 1
    while end > start and text[end - 1] in " \u3000\t\n：:":
        end -= 1
    return Span(start, end)
