"""The field of government that a department is for: what is left of its name without place, level and form."""

from __future__ import annotations

import re
from functools import cache

from tiaoli.renamed_bodies import successors

_PLACE = re.compile(
    r"^(?:国务院|国家|中华人民共和国|本级|(?:县级|设区的市级|市级)以上(?:地方)?(?:各级)?|省、自治区、直辖市|设区的市|[\u4e00-\u9fff]{2,7}?(?:省|自治区)|[\u4e00-\u9fff]{2,6}?[市州县](?!场|政|容|级))?"
    r"(?:人民政府)?(?:[省市县区](?!场|政|容|级)|市级|县级|省级)*(?:人民政府)?"
)
_OFFICES = (  # by which the former office of a field may be known
    *(("市", form) for form in ("局", "管理局", "行政管理局", "监督管理局", "委员会")),
    ("国家", "总局"),
)
_FORM = re.compile(r"(?:行政)?(?:主管|管理|执法|监督管理)?(?:部门|机关|机构|委员会|总局|局|厅|办公室|部|委|署)$")


@cache
def field_of(name: str) -> str:
    """Return the field of government of a department, without place, level and form; that of today's body if renamed.

    >>> [field_of(name) for name in ("江川市财政局", "国务院财政部门", "市工商行政管理局")]
    ['财政', '财政', '市场']
    """
    bare = bare_field(name)
    today = next((chain[-1].name for of, form in _OFFICES if (chain := successors(f"{of}{bare}{form}"))), None)
    return bare_field(today) if today is not None else bare


def bare_field(name: str) -> str:
    """Return what a name writes of its field, whatever that is called today."""
    return _FORM.sub("", _PLACE.sub("", name))


def same_field(one: str, other: str) -> bool:
    """Tell whether two fields are one: they begin alike, or one holds the other."""
    return one[:2] == other[:2] or one in other or other in one
