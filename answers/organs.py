"""A body by one of its names, the bodies below it, and the general names under which the law means it too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from graph.kept import KeptGraph
from graph.schema import EdgeType
from tiaoli.body_kinds import head_of
from tiaoli.errors import NotFound, TiaoliError
from tiaoli.records import Body

_MOST = 8  # bodies that one short name may stand for
_MOST_LOOKED_AT = 400  # bodies whose names hold a field of government
_LEADING_PLACE = re.compile(r"^(?:本|[\u4e00-\u9fff]{1,12}?(?:自治区|自治州|特别行政区|省|市|州|盟|县|区|旗))+")
_GENERAL = re.compile(r"(?:行政)?(?:主管|管理|监督管理|行政管理)?(?:部门|机关)$")


class Role(NamedTuple):
    """A general name of a body in the law (县级以上人民政府民政部门), and how many norms lie on it."""

    body: Body
    norms: int


def find_bodies(kept: KeptGraph, name: str) -> list[Body]:
    """Return the body of that id or name, or those that documents call by it: 市民政局 may be several.

    NotFound where there is none, TiaoliError where a short name stands for too many to be meant.
    """
    known = kept.body(name)
    found = [known] if known is not None else kept.bodies_named(name)
    if len(found) > _MOST:
        raise TiaoliError(f"叫“{name}”的机关有 {len(found)} 个，请写全称，如 {found[0].name}、{found[1].name}。")
    if found:
        return found
    like = [body.name for body, _ in kept.bodies_like(name, 5)] if name.strip() else []
    advice = f"名称相近的有：{'、'.join(like)}。" if like else "请检查名称，或写全称。"
    raise NotFound(f"库中的文件没有提到“{name}”。{advice}")


def with_organs(kept: KeptGraph, bodies: Iterable[Body]) -> list[Body]:
    """Return bodies with all that are part of them, each behind what it is part of: departments, their offices."""
    found: dict[str, Body] = {}
    open_ = list(bodies)
    while open_:
        body = open_.pop(0)
        if body.body_id not in found:
            found[body.body_id] = body
            open_ = [*kept.parts_of(body.body_id), *open_]
    return list(found.values())


def roles_of(kept: KeptGraph, body: Body) -> list[Role]:
    """Return the general names by which the law may mean a department, those with most norms first.

    江川市民政局 is meant where a law speaks of 民政部门 or 县级以上人民政府民政部门; who answers decides whether it is.
    """
    field = field_of(body)
    if not field:
        return []
    like = [other for other, _ in kept.bodies_like(field, _MOST_LOOKED_AT)]
    roles = [other for other in like if other.region is None and _is_role(other.name, field)]
    norms = {role.body_id: len(kept.edges_from([role.body_id], (EdgeType.BEARS, EdgeType.HOLDS))) for role in roles}
    found = (Role(role, norms[role.body_id]) for role in roles if norms[role.body_id])
    return sorted(found, key=lambda role: (-role.norms, role.body.name))


def field_of(body: Body) -> str:
    """Return the field of government of a department: 民政 of 江川市民政局; empty for other bodies.

    >>> field_of(Body("机构/江川市民政局", "江川市民政局", kind="部门", region="云岭省江川市"))
    '民政'
    """
    head = head_of(body.name)
    if body.kind != "部门" or head is None:
        return ""
    name = body.name
    place = (
        next((body.region[n:] for n in range(len(body.region)) if name.startswith(body.region[n:])), "")
        if body.region
        else ""
    )
    name = name.removeprefix(place) if place else _LEADING_PLACE.sub("", name)
    return name.removesuffix(head.text) if name.endswith(head.text) else ""


def _is_role(name: str, field: str) -> bool:
    """Whether a general name is of that field alone: 民政部门, 县级以上人民政府民政部门."""
    end = _GENERAL.search(name)
    return end is not None and name[: end.start()].endswith(field)
