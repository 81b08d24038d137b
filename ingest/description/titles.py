"""The title that a document prints: which line it is, where it begins and ends, and its plain form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.description.doc_types import form_of
from ingest.description.issuers import bodies
from ingest.description.regions import locate
from tiaoli.records import Clause, Kind

LONGEST_HEAD_LINE = 60
_LONGEST_TITLE = 400
LONGEST_LINE = 2000  # of a line of the head; what goes beyond is text
_DECREE = re.compile(r"[^（(]{0,60}令(?:[〔(（\[].{1,40}|第.{1,12}号)?|第[\d一二三四五六七八九十百〇]{1,6}号")
_DECREED = re.compile(r"[^（(]{0,60}令[〔(（\[第].{1,16}号[（(](.{4,})[）)]")
_NO_TITLE = re.compile(r"附件|附表|【|点击|[一二三四五六七八九十]{1,3}(?:、|\s)")
_RED_HEAD = re.compile(r".{3,60}文件")
_PART_OF_CODE = re.compile(r"总则|附则|[\u4e00-\u9fff]{2,8}编")
_MEMBER_LINE = re.compile(r".{0,30}篇[一二三四五六七八九十\d]{1,3}")
_AROUND = re.compile(r"^#+\s*|\{[^{}]{0,80}\}|\*+|^[-—–]\s*\d{1,4}\s*[-—–]")
_BETWEEN_WORDS = re.compile(r"(?<=[A-Za-z])[ \t]+(?=[A-Za-z])")
_NUMBER_BEHIND = re.compile(
    r"[（(][^（）()]{2,30}(?:[〔\[]\d{4}[〕\]]|令)[^（）()]{1,14}号令?[）)]$"
    r"|(?<=[知告意见法定函复则例》）)])[—-]*[^\W\d]{2,12}[〔\[]\d{4}[〕\]]第?\d{1,5}号$|_\d$"
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

    A heading behind an opening text is none; the first line of a preamble may be one that was not told apart.
    """
    for index, clause in enumerate(lead):
        if clause.kind is not Kind.TITLE or len(clause.text) > LONGEST_LINE or (index and _opens(lead[:index])):
            continue
        title = tidy(words(clause))
        following = next(lines(lead[index + 1]), "") if index + 1 < len(lead) else ""
        if _goes_on(title, following):
            title = f"{title}\n{following}"
        elif index and _begins(before := next(reversed(list(lines(lead[index - 1]))), "")):
            title = f"{before}\n{title}"
        title = _without_mark(title)
        squeezed = "".join(title.split())
        if decreed := _DECREED.fullmatch(squeezed):
            return decreed[1]
        if 3 < len(squeezed) <= _LONGEST_TITLE and not _is_head_of_paper(squeezed) and not _NO_TITLE.match(title):
            return title
    first = [line for clause in lead[:1] if clause.kind is Kind.PREAMBLE for line in lines(clause)][:3]
    return next((tidy(line) for line in first if _is_title_line(line)), "")


def _is_head_of_paper(squeezed: str) -> bool:
    return any(head.fullmatch(squeezed) for head in (_DECREE, _RED_HEAD))


def _without_mark(title: str) -> str:
    """Leave out the line that only counts the members of a compilation, where the title itself follows."""
    first, _, rest = title.strip().partition("\n")
    return rest if rest.strip() and _MEMBER_LINE.fullmatch(first.strip()) else title


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
        or ("关于" in squeezed and form.kind in ("法规", "工作"))
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
    squeezed = "".join(line.split())
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
