"""Time limits as an iCalendar file (RFC 5545) that any calendar program can take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar as File
from icalendar import Event, vRecur

from answers.calendar.dues import Due, next_day
from office.packing import legal
from office.tables import Link

_PRODUCER = "-//Tiaoli//tiaoli//ZH"
_FIRST = date(1980, 1, 1)  # stamp of what comes from documents without a day
_LONGEST = 60  # letters of a summary


def ics_file(dues: Iterable[Due], since: date, until: date, link: Link, name: str = "期限") -> bytes:
    """Return an .ics file with what is due from `since` to `until`, an all-day event each.

    What recurs is one event with its rule from its first day on, and goes on after `until`, as long as its document is
    in force; a fixed day that is over is left out. The same limits give the same bytes. `link` leads to a clause.
    """
    file = File()
    file.add("prodid", _PRODUCER)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", legal(name))
    for event in _events(dues, since, until, link):
        file.add_component(event)
    data: bytes = file.to_ical()
    return data


def read_back(data: bytes) -> int:
    """Return how many events a file holds; ValueError where it is no valid one or an event lacks what it must have."""
    events = File.from_ical(data).walk("VEVENT")
    for event in events:
        if event.errors or any(name not in event for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY")):
            raise ValueError(f"event {event.get('UID')} is broken: {event.errors}")
    if len({str(event["UID"]) for event in events}) != len(events):
        raise ValueError("two events have the same UID")
    return len(events)


def _events(dues: Iterable[Due], since: date, until: date, link: Link) -> Iterator[Event]:
    used: set[str] = set()
    for due in dues:
        day = next_day(due, since)
        if day is None or not since <= day <= until:
            continue
        key = _uid(due)
        if key not in used:
            used.add(key)
            yield _event(due, day, key, link)


def _event(due: Due, day: date, key: str, link: Link) -> Event:
    event = Event()
    address = link(due.norm.clause_id)
    event.add("uid", key)
    event.add("dtstamp", _stamp(due))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", legal(f"{due.who or '未写明主体'}：{_short(due.norm.action or due.norm.text)}"))
    event.add("description", legal("\n".join(_told(due, address))))
    event.add("url", address)
    event.add("categories", ["期限", due.when.kind.value])
    event.add("transp", "TRANSPARENT")  # nobody is busy because something is due
    if due.when.rule:
        event.add("rrule", vRecur.from_ical(_bounded(due)))
    return event


def _told(due: Due, address: str) -> Iterator[str]:
    yield due.norm.text
    yield f"期限：{due.when.words}"
    yield f"依据：{due.cited}"
    if due.when.note:
        yield f"说明：{due.when.note}"
    yield address


def _bounded(due: Due) -> str:
    """The rule of a limit, ending with its document."""
    expires = due.document.expires
    return f"{due.when.rule};UNTIL={expires:%Y%m%d}" if expires else str(due.when.rule)


def _uid(due: Due) -> str:
    """An id that follows from the norm and its limit, and not from the day of the export."""
    named = f"{due.norm.norm_id}|{due.when.rule or due.when.day}|{due.when.words}"
    return f"{sha256(named.encode()).hexdigest()[:32]}@tiaoli"


def _stamp(due: Due) -> datetime:
    day = due.document.promulgated or due.document.effective or _FIRST
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _short(words: str) -> str:
    words = "".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
