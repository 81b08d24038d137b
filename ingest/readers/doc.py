"""Documents of word processors, whatever their names say they are: .docx as they stand, others by way of LibreOffice."""

from __future__ import annotations

from ingest.readers import docx, plain
from ingest.readers.reading import Reading
from ingest.readers.word import pages
from ingest.readers.word.kinds import Kind, kind_of
from ingest.readers.word.office import convert
from tiaoli.errors import UnreadableFile

SUFFIXES = (
    *(".docx", ".docm", ".dotx", ".dotm"),
    *(".doc", ".dot", ".rtf", ".wps", ".wpt", ".odt"),
)
_SUFFIX_OF = {Kind.BINARY: ".doc", Kind.RICH_TEXT: ".rtf", Kind.FLAT_XML: ".xml", Kind.OPEN_DOCUMENT: ".odt"}


def read(data: bytes) -> Reading:
    """Return the text of a document; UnreadableFile says why it cannot be read and what to do."""
    kind = kind_of(data)
    match kind:
        case Kind.PACKAGE:
            return docx.read(data)
        case Kind.ENCRYPTED:
            raise UnreadableFile("文档设有打开密码；请在 Word 或 WPS 中去掉密码后另存再导入")
        case Kind.WEB_PAGE:
            return pages.read_page(data)
        case Kind.WEB_ARCHIVE:
            return pages.read_archive(data)
        case Kind.OTHER:
            return plain.read(data)
    return docx.read(convert(data, _SUFFIX_OF[kind]))
