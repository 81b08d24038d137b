"""Word files (.docx): what Word prints, with automatic numbers; what is left out or is no text is counted and told."""

from __future__ import annotations

from functools import partial

from ingest.readers import plain
from ingest.readers.reading import Reading
from ingest.readers.word import pages
from ingest.readers.word.findings import Comment, Findings
from ingest.readers.word.kinds import Kind, kind_of
from ingest.readers.word.notes import read_notes
from ingest.readers.word.numbering import Numbering
from ingest.readers.word.package import Package
from ingest.readers.word.story import Document, Lines, Story
from ingest.readers.word.styles import Styles
from ingest.readers.word.xml import Element, attribute, child, children
from tiaoli.errors import UnreadableFile

_DEEPEST = 3  # files embedded in one another


def read(data: bytes) -> Reading:
    """Return the text of a Word file; UnreadableFile says why it cannot be read."""
    try:
        return _read(data, 0)
    except RecursionError:
        raise UnreadableFile("文档层层嵌套过深，无法读取；请用 Word 或 WPS 打开后另存为 .docx 再导入") from None


def _read(data: bytes, depth: int) -> Reading:
    package, findings = Package(data), Findings()
    body = child(package.xml(package.main), "w:body")
    if body is None:
        raise UnreadableFile("不是 Word 文档（正文的格式不对）；请用 Word 或 WPS 打开后另存为 .docx 再导入")
    document = _document(package, findings, depth)
    lines = Story(document).read(body)
    _add_notes(document, lines)
    findings.counts["format"] = document.numbering.unknown
    text = "\n".join(lines.lines)
    if not text.strip():
        _refuse_empty(findings)
    findings.margins += filter(None, _margins(package))
    return Reading(text, headings=lines.headings, rows=tuple(lines.rows), notes=tuple(findings.notes()))


def _refuse_empty(findings: Findings) -> None:
    """Say why a file has no text, where we know."""
    if findings.counts["chunk"]:
        raise UnreadableFile("正文是嵌入的外部内容，未能读取；请用 Word 打开后另存为 .docx 再导入")
    if findings.counts["picture"]:
        raise UnreadableFile("文档里只有图片，没有文字；请先识别为文字，或找到文字版后再导入")


def _document(package: Package, findings: Findings, depth: int) -> Document:
    styles = Styles(_part(package, "styles"))
    numbering = Numbering(_part(package, "numbering"), styles.place)
    notes = read_notes(package)
    comments = _comments(package)
    findings.comments += comments.values()
    return Document(findings, styles, numbering, notes, comments, partial(_embedded, package, depth))


def _part(package: Package, kind: str) -> Element | None:
    """Return the root of the first part of a kind that belongs to the text."""
    return next((package.xml(part) for part in package.related(package.main).get(kind, [])), None)


def _add_notes(document: Document, lines: Lines) -> None:
    """Add the texts of footnotes and endnotes at the end, where they part no provision."""
    for note in document.notes.cited():
        document.findings.counts["note"] += 1
        text = "\n".join(
            filter(None, (line.strip() for line in Story(document, in_cell=True).read(note.content).lines))
        )
        lines.add(f"{note.mark} {text}".strip())


# --- what stands beside the text -------------------------------------------------------------------------------------


def _comments(package: Package) -> dict[str, Comment]:
    return {
        attribute(comment, "w:id"): Comment(attribute(comment, "w:author"), _words(comment))
        for comment in children(_part(package, "comments"), "w:comment")
    }


def _margins(package: Package) -> list[str]:
    """Return the words of each header and footer, each text once."""
    related = package.related(package.main)
    roots = (package.xml(part) for kind in ("header", "footer") for part in related.get(kind, []))
    return list(dict.fromkeys(_words(root) for root in roots if root is not None))


def _words(element: Element) -> str:
    """Return the words of what is no part of the text, in one line."""
    return " ".join(" ".join(Story(Document(Findings()), in_cell=True).read(element).lines).split())


def _embedded(package: Package, depth: int, relation: str) -> Reading | None:
    """Return what a file that is embedded as a whole says, None where we cannot read it."""
    part = package.target(package.main, relation)
    data = package.bytes(part) if part else None
    if data is None or depth >= _DEEPEST:
        return None
    try:
        match kind_of(data):
            case Kind.PACKAGE:
                return _read(data, depth + 1)
            case Kind.WEB_PAGE:
                return pages.read_page(data)
            case Kind.WEB_ARCHIVE:
                return pages.read_archive(data)
            case Kind.OTHER:
                return plain.read(data)
    except UnreadableFile:
        pass
    return None
