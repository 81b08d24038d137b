"""Statutes in a folder, as Markdown or Word files.

Collections in Markdown write `# title`, the note, `<!-- INFO END -->` and the text, in folders by category; the national
database of laws hands out Word files whose names end in the day of promulgation (`中华人民共和国某法_20210122.docx`). The
text says what a statute is. Where it does not, its file's name gives the day of promulgation, and the outermost folder whose
name is a category gives the type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

from ingest import manifest
from ingest.description.doc_types import form_of
from ingest.discover import Found, find_files, find_gone, reason
from ingest.pipeline import content, measure
from ingest.readers import markdown, read
from ingest.readers.reading import Reading
from ingest.statutes.contract import Statute
from ingest.statutes.words import type_of
from tiaoli.errors import BadData, NotFound, UnreadableFile
from tiaoli.records import DocType

_MARKDOWN = ".md"
_WORD = (".docx", ".doc")
_END_OF_NOTE = b"INFO END"
_FORMS = ("法律", "法规", "决定", "解释")  # classes of forms of doc_types.toml that statutes have
_NAMED_DAY = re.compile(r"[_(（ -]((?:19|20)\d\d)-?(\d\d)-?(\d\d)[)）]?$")
_DAY, _TYPE = "公布日期", "文种"  # labels of lexicon/fields.toml under which a reading hands on what it knows


@dataclass(slots=True)
class Folder:
    """The statutes below one folder."""

    top: Path
    passed_over: dict[str, str] = field(default_factory=dict)  # files that are no statutes, as shown, with the reason

    @classmethod
    def at(cls, top: Path) -> Folder:
        """Return the source of a folder; NotFound where there is none at `top`."""
        if not top.is_dir():
            raise NotFound(f"找不到文件夹 {top}。--from 后写 package（用安装的数据包），或一个放着法规文件的文件夹。")
        return cls(top)

    def statutes(self) -> Sequence[Statute]:
        """Return the statutes below the folder by name; BadData where it has none."""
        found = list(find_files([self.top], lambda name: name == manifest.NAME))
        self.passed_over.clear()
        statutes = [self._statute(one) for one in found if self._is_statute(one)]
        if not statutes:
            raise BadData(
                f"{self.top} 里没有法规文件。可用的有：以“# 标题”开头的 .md，以及 .docx、.doc；其他文件请用 tiaoli ingest 导入。"
            )
        return statutes

    def gone(self, known: Iterable[str], statutes: Sequence[Statute]) -> list[str]:
        """Return the known files below the folder that are certainly not there any more."""
        return find_gone([self.top], known, (statute.path for statute in statutes))

    def _is_statute(self, found: Found) -> bool:
        ending = Path(found.name).suffix.lower()
        why = ""
        if _category(found) is DocType.OTHER:
            why = "所在文件夹放的不是法规"
        elif ending not in (_MARKDOWN, *_WORD):
            why = "不是 .md 或 Word 文件"
        elif ending == _MARKDOWN and not found.reason and not _begins_like_statute(Path(found.path)):
            why = "不以“# 法规标题”开头"
        if why:
            self.passed_over[found.source] = why
        return not why

    def _statute(self, found: Found) -> Statute:
        path = Path(found.path)
        try:
            if found.reason:
                raise UnreadableFile(found.reason)
            digest = measure(path)[1]
            reader = partial(_reading, found, digest)
        except (UnreadableFile, OSError) as error:
            digest, reader = "", partial(_refuse, reason(error))
        return Statute(
            path=found.path,
            source=found.source,
            stem=PurePosixPath(found.source).stem,
            folder=found.folder.name,
            sha256=digest,
            read=reader,
        )


def _begins_like_statute(path: Path) -> bool:
    """Tell whether a Markdown file has the mark behind the note of a statute, or a first heading that names one."""
    try:
        data = path.read_bytes()
        reading = markdown.read(data)
    except (UnreadableFile, OSError):
        return True  # so that it is told why it cannot be read
    titled = reading.text.split("\n")[min(reading.headings)] if reading.headings else ""
    form = form_of(titled.strip())
    return _END_OF_NOTE in data or (form is not None and form.kind in _FORMS)


def _reading(found: Found, digest: str) -> Reading:
    """Return the text of a file, and behind what its own head says the day and the type that its place tells."""
    reading = _only(read(found.source, content(Path(found.path), digest)))
    category, day = _category(found), named_day(PurePosixPath(found.source).stem)
    told = dict(reading.front_matter)
    if day is not None:
        told.setdefault(_DAY, day.isoformat())
    if category is not None:
        told.setdefault(_TYPE, category.value)
    return replace(reading, front_matter=told)


def _only(readings: Sequence[Reading]) -> Reading:
    (reading,) = readings  # a Markdown or Word file holds one text
    return reading


def _refuse(why: str) -> Reading:
    raise UnreadableFile(why)


def _category(found: Found) -> DocType | None:
    """Return the type that the folders above a file tell, the outermost known one first."""
    folders = PurePosixPath(found.source).parent.parts
    return next((kind for folder in folders if (kind := type_of(folder)) is not None), None)


def named_day(stem: str) -> date | None:
    """Return the day at the end of a file's name, None where there is none.

    >>> named_day("中华人民共和国某法_20210122"), named_day("某条例(2019-03-24)"), named_day("某法(2026)")
    (datetime.date(2021, 1, 22), datetime.date(2019, 3, 24), None)
    """
    found = _NAMED_DAY.search(stem)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
