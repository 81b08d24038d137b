"""What a file that calls itself a Word document really is."""

from __future__ import annotations

import re
from enum import Enum, auto

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.text"  # its first member, not packed
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|div|p|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_ARCHIVE = re.compile(
    rb"(?:[\w-]{2,40}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){0,20}?(?:mime-version|content-type):", re.IGNORECASE
)
_FLAT = re.compile(
    rb"\s*<\?xml[^>]{0,200}\?>\s*(?:<\?mso-application[^>]{0,200}\?>\s*)?<(?:\w+:wordDocument|pkg:package)\b"
)
_HEAD = 8192  # bytes


class Kind(Enum):
    """What the bytes of a file are."""

    PACKAGE = auto()  # a zip, of docx
    OPEN_DOCUMENT = auto()  # a zip, of odt
    ENCRYPTED = auto()  # a docx behind a password
    BINARY = auto()  # .doc, .wps
    RICH_TEXT = auto()
    WEB_PAGE = auto()
    WEB_ARCHIVE = auto()
    FLAT_XML = auto()  # a Word document in one XML file
    OTHER = auto()


def kind_of(data: bytes) -> Kind:
    """Return what the bytes of a file are, whatever its name says."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"PK"):
        return Kind.OPEN_DOCUMENT if _OPEN_DOCUMENT in head else Kind.PACKAGE
    if head.startswith(_OLE):
        return Kind.ENCRYPTED if _ENCRYPTED in data else Kind.BINARY
    if head.lstrip().startswith(b"{\\rtf"):
        return Kind.RICH_TEXT
    if _FLAT.match(head):
        return Kind.FLAT_XML
    if _HTML.match(head):
        return Kind.WEB_PAGE
    return Kind.WEB_ARCHIVE if _ARCHIVE.match(head) else Kind.OTHER
