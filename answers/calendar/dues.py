"""期限: what is due when. The time limits of norms over documents, and the days on which they fall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from answers.calendar.limits import read_limits
from answers.calendar.time_limits import Aside, Limit, When
from graph.bodies import PREFIX
from graph.kept import KeptGraph
from graph.resolve import Resolver
from graph.schema import EdgeType
from office.citing import cited_path, cited_title
from tiaoli.provisions import title_key
from tiaoli.records import Document, Norm
from tiaoli.store import Store

HORIZON = relativedelta(years=1)  # how far one looks ahead unless asked otherwise
_HOURS = {
    "分钟": 1 / 60,
    "小时": 1,
    "日": 24,
    "工作日": 24 * 7 / 5,
    "交易日": 24 * 7 / 5,
    "周": 168,
    "月": 730,
    "季度": 2190,
    "年": 8760,
}
_PERIODS = {"年": 12, "半年": 6, "季度": 3, "月": 1}  # months of what follows the calendar


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done by somebody within a time: a norm and one of its limits."""

    norm: Norm
    document: Document
    place: str  # of its clause in the document: 第九条第一款
    bodies: frozenset[str]  # ids of those on which it lies
    when: When

    @property
    def cited(self) -> str:
        """The clause as it is cited: 《标题》第九条第一款."""
        return f"{cited_title(self.document)}{self.place}"

    @property
    def who(self) -> str:
        """The bearers as the text names them, else the bodies in the bracket behind the task; empty where it names none."""
        named = dict.fromkeys(bearer.name for bearer in self.norm.bearers)
        return "、".join(named or sorted(body.removeprefix(PREFIX) for body in self.bodies))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A time that a norm names and that is no limit for its bearer, with the reason."""

    norm: Norm
    document: Document
    place: str
    bodies: frozenset[str]
    words: str
    reason: Aside


@dataclass(frozen=True, slots=True)
class DocumentDues:
    """What one document sets limits for; `norms` and `limits` count what was looked at."""

    document: Document
    norms: int
    limits: int
    dues: tuple[Due, ...]
    left_out: tuple[LeftOut, ...]
    copies: int = 0  # times that another copy of the same text has already told


@dataclass(frozen=True)
class Calendar:
    """The limits of documents."""

    documents: tuple[DocumentDues, ...]

    @cached_property
    def dues(self) -> tuple[Due, ...]:
        """All limits in the order of the documents."""
        return tuple(due for one in self.documents for due in one.dues)

    @cached_property
    def dated(self) -> tuple[Due, ...]:
        """Those that fall on days: fixed ones with a day, recurring ones with a rule."""
        return tuple(due for due in self.dues if due.when.day or due.when.rule)

    @cached_property
    def undated(self) -> tuple[Due, ...]:
        """Those that recur without a day, and those whose year is not said."""
        return tuple(
            due
            for due in self.dues
            if due.when.kind is not Limit.RUNNING and due.when.day is None and due.when.rule is None
        )

    @cached_property
    def running(self) -> tuple[Due, ...]:
        """Those that run from an event, the shortest first."""
        return tuple(sorted((due for due in self.dues if due.when.kind is Limit.RUNNING), key=lambda d: hours(d.when)))

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The times that are no limits."""
        return tuple(one for document in self.documents for one in document.left_out)

    @cached_property
    def reasons(self) -> Counter[Aside]:
        """How many times were left out for which reason."""
        return Counter(one.reason for one in self.left_out)

    def narrowed(self, holds: Callable[[Document], bool], bodies: frozenset[str] | None = None) -> Calendar:
        """The same over fewer documents, and only what lies on some bodies where they are given.

        What several copies of one text say is told once.
        """
        kept = (one for one in self.documents if holds(one.document))
        return Calendar(tuple(_told_once(kept if bodies is None else (_of_bodies(one, bodies) for one in kept))))


def calendar_of(kept: KeptGraph, resolver: Resolver) -> Calendar:
    """Return the limits of all current documents, each with its standing."""
    store, ids = resolver.store, [document.doc_id for document in resolver.documents]
    limited, counts = store.norms_with_limits(ids), store.norm_counts()
    norms = _Norms(kept, store, limited)
    of_document: dict[str, list[Norm]] = {}
    for norm in limited:
        of_document.setdefault(norm.doc_id, []).append(norm)
    return Calendar(
        tuple(
            _document_dues(
                replace(document, status=resolver.standing.get(document.doc_id)),
                of_document.get(document.doc_id, ()),
                norms,
                counts.get(document.doc_id, 0),
            )
            for document in resolver.documents
        )
    )


def _document_dues(document: Document, limited: Sequence[Norm], norms: _Norms, count: int) -> DocumentDues:
    dues: list[Due] = []
    left_out: list[LeftOut] = []
    for norm in limited:
        bodies, place = norms.bodies(norm), norms.place(norm)
        read = read_limits(norm, document, norms.before(norm), named=bool(bodies))
        dues += [Due(norm, document, place, bodies, when) for when in read.whens]
        left_out += [LeftOut(norm, document, place, bodies, *one) for one in read.aside]
    limits = sum(len(norm.deadlines) for norm in limited)
    return DocumentDues(document, count, limits, tuple(dues), tuple(left_out))


class _Norms:
    """What is asked of norms: the bodies on which they lie, their clauses, where these stand."""

    def __init__(self, kept: KeptGraph, store: Store, norms: Sequence[Norm]) -> None:
        self._bodies: dict[str, set[str]] = {}
        for edge in kept.edges_to((norm.norm_id for norm in norms), (EdgeType.BEARS, EdgeType.HOLDS)):
            self._bodies.setdefault(edge.target, set()).add(edge.source)
        self._clauses = store.clauses_by_id(norm.clause_id for norm in norms)
        second = {_second_paragraph(clause_id) for clause_id in self._clauses} - {None}
        self._several = store.clauses_by_id(filter(None, second)).keys()

    def bodies(self, norm: Norm) -> frozenset[str]:
        """The ids of the bodies on which a norm lies."""
        return frozenset(self._bodies.get(norm.norm_id, ()))

    def place(self, norm: Norm) -> str:
        """How the clause of a norm is cited, without the title."""
        clause = self._clauses.get(norm.clause_id)
        second = _second_paragraph(norm.clause_id)
        return "" if clause is None else cited_path(clause.path, only_paragraph=second not in self._several)

    def before(self, norm: Norm) -> str:
        """What the clause of a norm says before it."""
        clause = self._clauses.get(norm.clause_id)
        return "" if clause is None else clause.text[: max(0, norm.start - (clause.end - len(clause.text)))]


def _second_paragraph(clause_id: str) -> str | None:
    """The id of the 第二款 beside the 第一款 in which a clause stands; None where it stands in none.

    >>> _second_paragraph("办法#第三条/第一款/（二）")
    '办法#第三条/第二款'
    """
    head, _, path = clause_id.partition("#")
    labels = path.split("/")
    if "第一款" not in labels:
        return None
    return f"{head}#{'/'.join((*labels[: labels.index('第一款')], '第二款'))}"


def _of_bodies(one: DocumentDues, bodies: frozenset[str]) -> DocumentDues:
    return replace(
        one,
        dues=tuple(due for due in one.dues if due.bodies & bodies),
        left_out=tuple(left for left in one.left_out if left.bodies & bodies),
    )


def _told_once(documents: Iterable[DocumentDues]) -> Iterator[DocumentDues]:
    """Yield documents without what an earlier one of the same title says word by word at the same place."""
    seen: dict[tuple[str, ...], str] = {}

    def is_first(title: str, one: Due | LeftOut, words: str) -> bool:
        key = (title, one.place, one.norm.text, words)
        return seen.setdefault(key, one.document.doc_id) == one.document.doc_id

    for one in documents:
        title = title_key(one.document.title)
        dues = tuple(due for due in one.dues if is_first(title, due, due.when.words))
        left_out = tuple(left for left in one.left_out if is_first(title, left, left.words))
        copies = len(one.dues) + len(one.left_out) - len(dues) - len(left_out)
        yield replace(one, dues=dues, left_out=left_out, copies=copies)


# --- days ------------------------------------------------------------------------------------------------------------


def days_of(due: Due, first: date, last: date) -> list[date]:
    """Return the days from `first` to `last` on which a limit falls, within the time in which its document is in force."""
    if due.when.day is not None:
        return [due.when.day] if first <= due.when.day <= last else []
    if due.when.rule is None:
        return []
    first = max(filter(None, (first, due.document.effective)))
    last = min(filter(None, (last, due.document.expires)))
    if first > last:
        return []
    rule = rrulestr(due.when.rule, dtstart=_noon(first))
    return [moment.date() for moment in rule.between(_noon(first), _noon(last), inc=True)]


def next_day(due: Due, since: date) -> date | None:
    """Return the first day of a limit that is not before `since`; of a fixed one that is over its day; None for no day."""
    if due.when.day is not None:
        return due.when.day
    return next(iter(days_of(due, since, since + relativedelta(years=2))), None)


def by_day(dues: Iterable[Due], first: date, last: date) -> dict[date, list[Due]]:
    """Return what falls on which day, the days in their order; days with nothing are left out."""
    found: dict[date, list[Due]] = {}
    for due in dues:
        for day in days_of(due, first, last):
            found.setdefault(day, []).append(due)
    return dict(sorted(found.items()))


def period_end(due: Due, day: date) -> date | None:
    """Return the last day of the running period of what recurs without a day.

    Years, half-years, quarters and months are those of the calendar; several years count from the day on which the
    document came into force. None where nothing tells it, and for weeks, days and terms.
    """
    every = due.when.every or ""
    if every in _PERIODS:
        return _end_of(day, _PERIODS[every])
    years = every.removesuffix("年")
    if not years.isdecimal() or due.document.effective is None or not every.endswith("年"):
        return None
    began = due.document.effective
    passed = max(0, relativedelta(day, began).years) // int(years)
    end: date = began + relativedelta(years=int(years) * (passed + 1)) - timedelta(days=1)
    return end


def hours(when: When) -> float:
    """Return about how long a running limit is; a working day counts as 1.4 days. Only for putting them in order."""
    return (when.value or 0) * _HOURS.get(when.unit or "", 0)


def counted(calendar: Calendar) -> Mapping[str, int]:
    """Return how many documents, norms and limits were looked at, and how many there are of each kind."""
    return {
        "documents": len(calendar.documents),
        "norms": sum(one.norms for one in calendar.documents),
        "limits": sum(one.limits for one in calendar.documents),
        "dated": len(calendar.dated),
        "undated": len(calendar.undated),
        "running": len(calendar.running),
        "left_out": len(calendar.left_out),
        "copies": sum(one.copies for one in calendar.documents),
    }


def upcoming(dues: Sequence[Due], since: date, until: date) -> Iterator[tuple[date, Due]]:
    """Yield dated limits with their next day, the earliest first; those whose day is over come last, the latest first."""
    days = [(day, due) for due in dues if (day := next_day(due, since)) is not None and day <= until]
    yield from sorted((one for one in days if one[0] >= since), key=lambda one: one[0])
    yield from sorted((one for one in days if one[0] < since), key=lambda one: one[0], reverse=True)


def _end_of(day: date, months: int) -> date:
    start = (day.month - 1) // months * months + 1
    end: date = date(day.year, start, 1) + relativedelta(months=months, days=-1)
    return end


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)
