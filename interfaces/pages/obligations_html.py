"""What the page 义务 shows: groups of the same obligation, side by side, with all that was counted. HTML made with `esc`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from answers.obligations import differing
from answers.obligations.answer import Answer, Group, Member
from answers.obligations.concerning import Concern
from answers.obligations.differing import described, level
from answers.obligations.tables import facts
from interfaces.pages.address import OBLIGATIONS, Params, clause_href, href, page_in
from interfaces.pages.norm_words import KINDS
from interfaces.pages.tables_html import facts_html
from interfaces.parts import note, pages, trail
from interfaces.theme import esc
from tiaoli.records import Norm, NormKind

PER_PAGE = 20
_MOST_AGAIN = 5  # links to further places with the same words
_SAID: Mapping[str, Callable[[Norm], str]] = {
    "承担主体": differing.bearers,
    "强度": differing.strength,
    "时限": differing.limits,
    "频次": differing.frequency,
    "数额": differing.amounts,
    "条件": lambda norm: norm.condition or "",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for."""

    about: str = ""
    body: str = ""
    kinds: frozenset[NormKind] = frozenset()  # none: all
    page: int = 1
    scope: Mapping[str, str | Sequence[str]] = field(default_factory=dict)

    def href(self, *, kinds: frozenset[NormKind] | None = None, page: int = 1) -> str:
        """The address of this answer at a page, or of one narrowed to kinds."""
        wanted = self.kinds if kinds is None else kinds
        own = {"about": self.about, "body": self.body, "kind": [kind.value for kind in KINDS if kind in wanted]}
        return href(OBLIGATIONS, **own, **self.scope, page=page if page > 1 else None)

    def toggled(self, kind: NormKind) -> str:
        """The address with a kind more or less."""
        kinds = self.kinds ^ {kind}
        return self.href(kinds=frozenset() if len(kinds) == len(NormKind) else kinds)


def wanted_in(params: Params, scope: Mapping[str, str | Sequence[str]]) -> Wanted:
    """Return what an address asks for; whatever is odd in it is left out.

    >>> wanted_in({"about": [" 案卷  评查 "], "kind": ["duty", "x"], "page": ["2"]}, {}).kinds
    frozenset({<NormKind.DUTY: 'duty'>})
    """
    about, body = (" ".join(next(iter(params.get(name, ())), "").split()) for name in ("about", "body"))
    named = params.get("kind", ())
    return Wanted(about, body, frozenset(kind for kind in NormKind if kind.value in named), page_in(params), scope)


# --- the page --------------------------------------------------------------------------------------------------------


def answer_html(answer: Answer, wanted: Wanted) -> str:
    """Return one page of the groups of an answer, after what was asked, searched and left open."""
    if not answer.groups:
        return told(answer) + note("没有找到。请换一种说法，放宽范围，或只填主题、只填机关。", tone="calm")
    last = max(1, -(-len(answer.groups) // PER_PAGE))
    page = min(wanted.page, last)
    first = (page - 1) * PER_PAGE
    shown = answer.groups[first : first + PER_PAGE]
    cards = (group_html(number, group) for number, group in enumerate(shown, first + 1))
    turn = pages(page, last, lambda other: wanted.href(page=other))
    return f"{told(answer)}{kinds_html(answer, wanted)}{''.join(cards)}<div data-exact>{turn}</div>"


def told(answer: Answer) -> str:
    """What was asked, how much was searched, what stayed open."""
    return facts_html(facts(answer))


def kinds_html(answer: Answer, wanted: Wanted) -> str:
    """How many members of each kind there are, as links that narrow the answer."""
    counts = Counter(one.norm.kind for group in answer.groups for one in group.members if one.norm is not None)
    whole = not wanted.kinds
    here = ' aria-current="true"' if whole else ""
    links = [f'<a class="act"{here} href="{esc(wanted.href(kinds=frozenset()))}">全部类型</a>']
    for kind, name in KINDS.items():
        if counts[kind] or kind in wanted.kinds:
            on = ' aria-current="true"' if kind in wanted.kinds else ""
            link = esc(wanted.toggled(kind))
            links.append(f'<a class="chip {kind.value}"{on} href="{link}">{esc(name)} {counts[kind]:,}</a>')
    return f'<nav class="chips changes" aria-label="看哪些类型" data-exact>{"".join(links)}</nav>'


def group_html(number: int, group: Group) -> str:
    """One group: its name, in what its members differ, each member with a link to its clause."""
    documents = len({one.document.doc_id for one in group.members})
    many = f"{len(group.members)} 处，{documents} 件文件" if len(group.members) > 1 else ""
    kinds = sorted({one.norm.kind for one in group.members if one.norm is not None}, key=list(KINDS).index)
    marks = "".join(f'<span class="kindmark {kind.value}">{esc(KINDS[kind])}</span> ' for kind in kinds)
    marks += '<span class="soft">只与主题相关</span> ' if group.near else ""
    differs = "、".join(difference.name for difference in group.differences)
    head = (
        f"<h3>{number}. {esc(_short(group.action))}</h3>"
        f'<p class="meta">{marks}<span class="soft">{many}{f"；不同之处：{esc(differs)}" if differs else ""}</span></p>'
    )
    columns = [name for name in _SAID if any(one.norm is not None and _SAID[name](one.norm) for one in group.members)]
    heads = "".join(f"<th>{name}</th>" for name in ("出处", *columns, "原文"))
    names = {difference.name for difference in group.differences}
    rows = "".join(_row(one, columns, names) for one in group.members)
    table = f'<div class="wrap"><table class="list cards answer"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    return f'<section class="kind">{head}{table}{_chain(group)}</section>'


def _row(one: Member, columns: Sequence[str], differing_in: set[str]) -> str:
    document, tier = one.document, level(one.document)
    place = f'<a href="{esc(clause_href(one.clause.clause_id))}">{esc(document.title or document.source)}</a>'
    more = [trail(one.clause.path), *([esc(tier)] if tier else [])]
    more += [esc(document.status.value)] if document.status is not None else []
    more += [_again(one)] if one.again else []
    where = f'<td>{place}<br><span class="soft">{" · ".join(more)}</span></td>'
    cells = "".join(_cell(name, one.norm, name in differing_in) for name in columns)
    return f'<tr>{where}{cells}<td data-name="原文">{esc(one.text)}{_why(one)}</td></tr>'


def _again(one: Member) -> str:
    """Further places of the same document with the same words; the first of them lead to their clauses."""
    links = "、".join(
        f'<a href="{esc(clause_href(clause_id))}">{esc(clause_id.rpartition("#")[2])}</a>'
        for clause_id in one.again[:_MOST_AGAIN]
    )
    more = " 等" if len(one.again) > _MOST_AGAIN else ""
    return f"另有 {len(one.again):,} 处文字相同：{links}{more}"


def _cell(name: str, norm: Norm | None, differs: bool) -> str:
    words = _SAID[name](norm) if norm is not None else ""
    shown = esc(words or differing.NOT_SAID)
    return f'<td data-name="{esc(name)}">{f"<b>{shown}</b>" if differs and words else shown}</td>'


def _why(one: Member) -> str:
    concern = f"{one.concern.value}" if one.concern in (Concern.OPEN, Concern.OTHER) else ""
    mark = f' <span class="badge">{esc(concern)}</span>' if concern else ""
    return f'{mark}<br><span class="soft">{esc(one.why)}</span>' if one.why else mark


def _chain(group: Group) -> str:
    steps = "".join(f"<li>{esc(step)}</li>" for step in described(group.chain))
    return f'<details><summary>从国家到地方的依据链</summary><ol class="plain">{steps}</ol></details>' if steps else ""


def _short(words: str, most: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[:most]}…"
