"""The title that a document prints: which line it is, where it begins and ends, and its plain form."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.description import days, fields
from ingest.description.doc_numbers import BEHIND_TITLE
from ingest.description.doc_types import form_of
from ingest.description.issuers import bodies
from ingest.description.regions import locate
from tiaoli.records import Clause, Kind

LONGEST_HEAD_LINE = 60
_LONGEST_TITLE = 400
_FIRST_CLAUSES = 2  # of a text, in which a title may not have been told apart
_MOST_LINES = 5  # of a preamble, among which a title is looked for
LONGEST_LINE = 2000  # of a line of the head; what goes beyond is text
_DECREE = re.compile(r"([^（(]{0,60})令([〔(（\[].{1,40}|第.{1,12}号)?|第[\d一二三四五六七八九十百〇]{1,6}号")
_DECREED = re.compile(r"[^（(]{0,60}令[〔(（\[第].{1,16}号[（(](.{4,})[）)]")
_NO_TITLE = re.compile(r"附件|附表|【|点击|[一二三四五六七八九十]{1,3}(?:、|\s)")
_RED_HEAD = re.compile(r"(.{3,60})文件(.{1,20}[〔\[（(]\d{4}[〕\]）)]第?\d{1,5}号[★☆]?)?")
_ANNOUNCEMENT = re.compile(r"([^（(《]{3,60}?)(?:公告|通告)(?:[〔（(\[第].{1,16}号[〕）)]?)?")
_QUOTED = re.compile(r"《[^《》]*》")
_PART_OF_CODE = re.compile(r"总则|附则|[\u4e00-\u9fff]{2,8}编")
_MEMBER_LINE = re.compile(r".{0,30}篇[一二三四五六七八九十\d]{1,3}")
_AROUND = re.compile(r"^#+\s*|\{[^{}]{0,80}\}|\*+|^[-—–]\s*\d{1,4}\s*[-—–]|\s[-—–]\s?\d{1,4}\s?[-—–]$")
_BETWEEN_WORDS = re.compile(r"(?<=[A-Za-z])[ \t]+(?=[A-Za-z])")
_NUMBER_BEHIND = re.compile(
    r"[（(][^（）()]{2,30}(?:[〔\[]\d{4}[〕\]]|令)[^（）()]{1,14}号令?[）)]$"
    rf"|{BEHIND_TITLE}[—-]*[^\W\d]{{2,12}}[〔\[]\d{{4}}[〕\]]第?\d{{1,5}}号$|_\d$"
)


def unwrap(title: str) -> str:
    """Return `title` without book-title marks around the whole of it.

    >>> unwrap("《若干措施》"), unwrap("《甲办法》和《乙办法》"), unwrap("若干措施》")
    ('若干措施', '《甲办法》和《乙办法》', '若干措施')
    """
    if title.startswith("《") and title.find("》") == len(title) - 1:
        return title[1:-1]
    if title.count("》") > title.count("《"):
        return title.removesuffix("》")
    return title.removeprefix("《") if title.count("《") > title.count("》") else title


def printed_title(lead: Sequence[Clause]) -> str:
    """Return the first title that is more than the head of a decree, empty where the text prints none.

    A heading behind an opening text is none, unless that text hands it out and no other is printed; lines of a preamble
    may hold a title that was not told apart.
    """
    return _page_title(lead) or _first_title(lead) or _handed_out(lead)


def _first_title(lead: Sequence[Clause]) -> str:
    heads: list[str] = []  # 某某公告: a title only where no other follows
    for index, clause in enumerate(lead):
        if clause.kind is Kind.PREAMBLE and index < _FIRST_CLAUSES and (title := _untold_title(clause)):
            return title
        if clause.kind is not Kind.TITLE or len(clause.text) > LONGEST_LINE or (index and _opens(lead[:index])):
            continue
        title = _whole(lead, index)
        squeezed = "".join(title.split())
        if decreed := _DECREED.fullmatch(squeezed):
            return decreed[1]
        if not 3 < len(squeezed) <= _LONGEST_TITLE or _is_head_of_paper(squeezed) or _is_no_title(title):
            continue
        if not _is_announcement(squeezed):
            return title
        heads.append(title)
    return next(iter(heads), "")


def _whole(lead: Sequence[Clause], index: int) -> str:
    """Return a title with the lines before and behind it that belong to it, and without the red head."""
    title = tidy(words(lead[index]))
    following = list(lines(lead[index + 1]))[:_MOST_LINES] if index + 1 < len(lead) else []
    whole = title
    while following and _goes_on(whole, following[0]):
        whole = f"{whole}\n{following.pop(0)}"
    if whole == title and index and _begins(before := next(reversed(list(lines(lead[index - 1]))), "")):
        whole = f"{before}\n{whole}"
    return _without_mark(whole)


def _is_no_title(title: str) -> bool:
    return _NO_TITLE.match(title) is not None or fields.is_labelled(title)


def _untold_title(clause: Clause) -> str:
    """Return the first line of a preamble that is a title, down to the addressee; it may run on without a line break."""
    first = list(lines(clause))[:_MOST_LINES]
    if first and (run_on := _run_on().match(first[0])):
        return run_on[1]
    open_lines = itertools.takewhile(lambda line: not line.endswith(("：", ":", "。")), first)
    return next((tidy(line) for line in open_lines if _is_title_line(line) and not _is_no_title(line)), "")


@cache
def _run_on() -> re.Pattern[str]:
    """Return the pattern of a title about something whose number or addressee follows on the same line."""
    forms = days.alternation("doc_types", "form")
    return re.compile(
        rf"([^。：:；;]{{2,60}}?关于[^。：:；;]{{2,100}}?(?:{forms}))(?=[\u4e00-\u9fff]{{1,12}}[〔\[（(]\d{{4}}[〕\]）)]第?\d{{1,5}}号|各[^。；;：:]{{1,60}}[：:])"
    )


def _page_title(lead: Sequence[Clause]) -> str:
    """Return the line above the source and the day of a page, as a page prints its title."""
    first = list(lines(lead[0]))[:3] if lead and lead[0].kind is Kind.PREAMBLE else []
    if len(first) < 3 or not bodies(first[1]) or days.only_day(days.squeeze(first[2])) is None:
        return ""
    title = tidy(first[0])
    return title if 3 < len(title) <= LONGEST_HEAD_LINE and title[-1] not in "。：:；，," and not bodies(title) else ""


def _handed_out(lead: Sequence[Clause]) -> str:
    """Return the title below an opening text that names it in book-title marks."""
    for index, clause in enumerate(lead):
        if clause.kind is Kind.TITLE and index and len(clause.text) <= _LONGEST_TITLE:
            title = tidy(words(clause))
            before = "".join("".join(words(other).split()) for other in lead[:index])
            if f"《{''.join(title.split())}》" in before:
                return title
    return ""


def title_of_attachment(clauses: Sequence[Clause]) -> str:
    """Return the title of an attachment that stands alone (附件2 / 轻微违法行为目录), empty where the text begins otherwise."""
    alone = clauses[:1] and clauses[0].kind is Kind.ATTACHMENT
    first = next(lines(clauses[0]), "") if alone else ""
    return tidy(first) if 3 < len(first) <= _LONGEST_TITLE and not first.endswith("。") else ""


def _is_head_of_paper(squeezed: str) -> bool:
    """Tell whether a line is 某某文件 or 某某令第1号; a 禁火令 or an order about something is a title."""
    decree = _DECREE.fullmatch(squeezed)
    if decree and decree[1] and not decree[2]:
        return decree[1].endswith("主席") or bool(bodies(decree[1]))
    red = _RED_HEAD.fullmatch(squeezed)
    return decree is not None or (red is not None and (bool(bodies(red[1])) or red[2] is not None))


def _is_announcement(squeezed: str) -> bool:
    """Tell whether a line is only a body and 公告 or 通告, the head of what makes another text public or of a notice itself."""
    named = _ANNOUNCEMENT.fullmatch(squeezed)
    return named is not None and bool(bodies(named[1]))


def _without_mark(title: str) -> str:
    """Leave out the line that only counts the members of a compilation or is the red head, where the title follows."""
    first, _, rest = title.strip().partition("\n")
    marked = _MEMBER_LINE.fullmatch(first.strip()) or _is_head_of_paper("".join(first.split()))
    return rest if rest.strip() and marked else title


def _opens(before: Sequence[Clause]) -> bool:
    """Tell whether sentences stand in the clauses before a title, and no signature closes them."""
    if any(clause.kind is not Kind.PREAMBLE for clause in before):
        return False
    return any(len(line) > LONGEST_HEAD_LINE or line.endswith(("。", "：", ":")) for c in before for line in lines(c))


def _goes_on(title: str, following: str) -> bool:
    """Tell whether the line behind a title belongs to it: the title is no whole one, or a code is printed in parts."""
    squeezed, next_line = "".join(title.split()), "".join(following.split())
    if _PART_OF_CODE.fullmatch(next_line):
        return squeezed.endswith("法典")
    if not _is_title_line(next_line) or squeezed.startswith(next_line):  # a title may be printed twice
        return False
    form = form_of(squeezed)
    return (
        form is None
        or squeezed.count("《") > squeezed.count("》")
        or ("关于" in _QUOTED.sub("", squeezed) and form.kind in ("法规", "工作"))
    )


def _begins(line: str) -> bool:
    """Tell whether the line before a title is its first half: short, without a stop, about something or of some place."""
    squeezed = "".join(line.split())
    if (
        not 6 <= len(squeezed) <= LONGEST_HEAD_LINE
        or re.search(r"[。：:；;，,！!\d号)）》]$", squeezed)
        or bodies(line)
    ):
        return False
    return form_of(squeezed) is None and (
        "关于" in squeezed or (locate(squeezed) is not None and "政府令" not in squeezed)
    )


def _is_title_line(line: str) -> bool:
    squeezed = _NUMBER_BEHIND.sub("", "".join(line.split()))
    return (
        4 <= len(squeezed) <= LONGEST_HEAD_LINE
        and not re.search(r"[。：:；，,]", squeezed[-1])
        and form_of(squeezed) is not None
    )


def plain_title(printed: str) -> str:
    r"""Return a title without blanks, line breaks, marks around the whole and a number behind it.

    >>> plain_title("国 务 院 工 作\n规 则"), plain_title("《若干措施》"), plain_title("某办法（银发〔2025〕124号）")
    ('国务院工作规则', '若干措施', '某办法')
    """
    words = _BETWEEN_WORDS.sub("\0", printed)
    return unwrap(_NUMBER_BEHIND.sub("", "".join(words.split()).replace("\0", " ")))


def words(clause: Clause) -> str:
    """Return heading and text of a clause."""
    return f"{clause.heading}\n{clause.text}" if clause.heading else clause.text


def lines(clause: Clause) -> Iterator[str]:
    """Yield the lines of a clause that are not blank."""
    return (line for line in map(str.strip, words(clause).splitlines()) if line)


def tidy(title: str) -> str:
    """Return a title without marks of emphasis, headings and pages around it."""
    return _AROUND.sub("", title.strip()).strip()
