"""Text as XML can hold it."""

from __future__ import annotations

import re

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""Return text without the characters that XML does not allow; no visible one is among them.

    >>> xml_text("甲\x0b乙")
    '甲乙'
    """
    return _NOT_XML.sub("", text)
