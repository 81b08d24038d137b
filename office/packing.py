"""Office files whose bytes do not depend on when they were made."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows
_PROPERTIES = "docProps/core.xml"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def steady(data: bytes) -> bytes:
    """Return an office file with all stamps of time set to one day."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as packed, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in packed.namelist():
            content = packed.read(name)
            if name == _PROPERTIES:
                content = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            target.writestr(ZipInfo(name, _FIRST_DAY), content, ZIP_DEFLATED)
    return out.getvalue()


def legal(text: str) -> str:
    """Return `text` as an office file can hold it: what no such file may contain becomes a mark that something was there."""
    return _ILLEGAL.sub("\ufffd", text)
