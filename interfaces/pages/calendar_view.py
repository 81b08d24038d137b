"""The 期限 page as HTML made with `esc`: which view the address asks for, its tabs, and a month as a grid and as a list."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dateutil.relativedelta import relativedelta

from answers.calendar.dues import Calendar, Due
from answers.calendar.tables import said_often, searched, status
from answers.scope import Scope
from interfaces.pages.address import CALENDAR, READ, Params, href, page_in
from interfaces.pages.scoping import scope_in, scope_params
from interfaces.theme import esc
from office.tables import Table, in_words

DAYS, MONTH, PERIODS, RUNNING, LEFT_OUT = "days", "month", "periods", "running", "left"
VIEWS = {DAYS: "到期日程", MONTH: "月历", PERIODS: "未定日期的周期", RUNNING: "起算期限", LEFT_OUT: "不列入的时间"}
BODY, ALONE, FROM, VIEW, IN, ON = "body", "alone", "from", "view", "month", "day"  # names in the address
_IN_CELL = 3  # entries of a day in the grid; all of them stand in the list
_WEEKDAYS = "一二三四五六日"
_FIRST, _LAST = date(1950, 1, 1), date(2150, 1, 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    view: str
    since: date
    month: date  # the first of it
    body: str = ""  # name; empty for everybody
    alone: bool = False
    page: int = 1
    scope: Scope = field(default_factory=Scope)
    day: date | None = None  # of the month, to which one goes at once
    today: date | None = None  # what stands for no day in the address

    @property
    def href(self) -> str:
        """The address of this view."""
        params: dict[str, str | int | Sequence[str] | None] = {
            VIEW: self.view if self.view != DAYS else None,
            BODY: self.body,
            ALONE: "true" if self.alone else None,
            FROM: None if self.since == self.today else self.since.isoformat(),
            IN: f"{self.month:%Y-%m}" if self.view == MONTH else None,
            ON: self.day.isoformat() if self.day and self.view == MONTH else None,
            "page": self.page if self.page > 1 else None,
            **scope_params(self.scope),
        }
        return href(CALENDAR, **params)


def wanted_in(params: Params, today: date) -> Wanted:
    """Return what an address asks for; whatever is odd in it is left out."""
    first = {name: next(iter(params.get(name, ())), "") for name in (BODY, ALONE, FROM, VIEW, IN, ON)}
    since = _day(first[FROM]) or today
    return Wanted(
        first[VIEW] if first[VIEW] in VIEWS else DAYS,
        since,
        (_day(f"{first[IN]}-01") or since).replace(day=1),
        first[BODY],
        first[ALONE] == "true",
        page_in(params),
        scope_in(params),
        _day(first[ON]),
        today,
    )


def _day(words: str) -> date | None:
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if _FIRST <= day < _LAST else None


def tabs(wanted: Wanted, counts: Mapping[str, int]) -> str:
    """Links to the views, each with how much there is."""
    links = "".join(
        f'<a href="{esc(replace(wanted, view=view, page=1, day=None).href)}"{" aria-current=page" if view == wanted.view else ""}>'
        f"{esc(name)}{f'（{counts[view]:,}）' if view in counts else ''}</a>"
        for view, name in VIEWS.items()
    )
    return f'<nav class="tabs" aria-label="看法">{links}</nav>'


def summary(calendar: Calendar) -> str:
    """What was looked at, in one line."""
    return f'<p class="soft small">查看了 {esc(searched(calendar))}。</p>'


def at(wanted: Wanted, page: int) -> str:
    """The address of another page of a view."""
    return replace(wanted, page=page).href


def facts(table: Table) -> str:
    """What a table is about, behind the scope and the counts that stand on the page anyway."""
    told = [words for name, words in table.facts if name in ("说明", "未列")]
    return f'<p class="soft small">{esc("；".join(told))}。</p>' if told else ""


# --- a month ---------------------------------------------------------------------------------------------------------


def month_html(wanted: Wanted, found: Mapping[date, Sequence[Due]]) -> str:
    """Return a month as a grid, and day by day as a list; small screens show the list alone."""
    total = sum(map(len, found.values()))
    return (
        f"<div data-exact>{_turning(wanted, total)}{_grid(wanted, found)}</div>"
        f'<div class="daylist">{"".join(_day_list(wanted, day, dues) for day, dues in found.items())}</div>'
        + ("" if found else '<p class="soft">这个月没有到期的事项。</p>')
    )


def _turning(wanted: Wanted, total: int) -> str:
    def link(months: int, name: str) -> str:
        month = wanted.month + relativedelta(months=months)
        return (
            f'<a class="act" href="{esc(replace(wanted, month=month, day=None).href)}">{name}</a>'
            if _holds(month)
            else ""
        )

    here = f"{wanted.month.year}年{wanted.month.month}月"
    now = (wanted.today or wanted.since).replace(day=1)
    back = (
        ""
        if now == wanted.month
        else f'<a class="act" href="{esc(replace(wanted, month=now, day=None).href)}">本月</a>'
    )
    return (
        f'<div class="turning">{link(-1, "‹ 上月")}<strong>{here}</strong>{link(1, "下月 ›")}{back}'
        f'<span class="soft small">到期 {total:,} 项</span></div>'
    )


def _holds(month: date) -> bool:
    return _FIRST <= month < _LAST


def _grid(wanted: Wanted, found: Mapping[date, Sequence[Due]]) -> str:
    heads = "".join(f'<th scope="col">周{name}</th>' for name in _WEEKDAYS)
    weeks = "".join(
        f"<tr>{''.join(_cell(wanted, day, found.get(day, ())) for day in week)}</tr>"
        for week in Weeks().monthdatescalendar(wanted.month.year, wanted.month.month)
    )
    return f'<table class="month"><thead><tr>{heads}</tr></thead><tbody>{weeks}</tbody></table>'


def _cell(wanted: Wanted, day: date, dues: Sequence[Due]) -> str:
    if day.month != wanted.month.month:
        return '<td class="off"></td>'
    css = "today" if day == wanted.today else "past" if wanted.today and day < wanted.today else ""
    entries = "".join(
        f'<li><a href="{esc(_address(due))}" title="{esc(_title(due))}">{esc(_short(due))}</a></li>'
        for due in dues[:_IN_CELL]
    )
    rest = len(dues) - _IN_CELL
    below = esc(replace(wanted, day=day).href)
    more = f'<li><a class="soft" href="{below}">另 {rest} 项</a></li>' if rest > 0 else ""
    number = f'<a href="{below}">{day.day}</a>' if dues else str(day.day)
    return f'<td class="{css}"><span class="number">{number}</span><ul>{entries}{more}</ul></td>'


def _day_list(wanted: Wanted, day: date, dues: Iterable[Due]) -> str:
    entries = "".join(_entry(due) for due in dues)
    weekday = f"周{_WEEKDAYS[day.weekday()]}"
    over = f" · {status(day, wanted.since)}" if day < wanted.since else ""
    aim = ' class="aim" data-aim="scroll"' if day == wanted.day else ""
    return f"<h2{aim}>{in_words(day)}　{weekday}{esc(over)}</h2><ul>{entries}</ul>"


def _entry(due: Due) -> str:
    who = f"<strong>{esc(due.who)}</strong>　" if due.who else '<span class="soft">未写明主体</span>　'
    note = f" · {due.when.note}" if due.when.note else ""
    return (
        f"<li><p>{who}{esc(due.norm.text)}</p>"
        f'<p class="soft small">{esc(due.when.words)} · {esc(said_often(due.when))} · '
        f'<a href="{esc(_address(due))}">{esc(due.cited)}</a>{esc(note)}</p></li>'
    )


def _address(due: Due) -> str:
    return href(READ, clause=due.norm.clause_id, norm=due.norm.norm_id)


def _title(due: Due) -> str:
    return f"{due.norm.text}\n{due.cited}"


def _short(due: Due) -> str:
    return f"{due.who}：{due.norm.action or due.norm.text}" if due.who else due.norm.action or due.norm.text
