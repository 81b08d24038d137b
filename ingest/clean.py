r"""From a reader's text to the normalised text that all spans count in.

No visible character is dropped, changed or moved: line ends become `\n`, other blanks but tabs, and control characters, become a
space (one for one), and characters without width are taken out.
"""

from __future__ import annotations

import re

LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_ZERO_WIDTH = re.compile(r"[\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u00ad]")
_BLANKS = re.compile(r"[^\S\n\t\u3000 ]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def clean(text: str) -> str:
    r"""Return the normalised text.

    >>> clean("第一条\u2002为了\r\n第\ufeff二条\t适用")
    '第一条 为了\n第二条\t适用'
    """
    return _BLANKS.sub(" ", _ZERO_WIDTH.sub("", LINE_END.sub("\n", text)))
