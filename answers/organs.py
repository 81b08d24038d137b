"""A body by one of its names, the bodies below it, and the general names under which the law means it too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from answers.fields import field_of
from graph.kept import KeptGraph
from graph.schema import EdgeType
from tiaoli.errors import NotFound, TiaoliError
from tiaoli.records import Body

_MOST = 8  # bodies that one short name may stand for
_MOST_LOOKED_AT = 400  # bodies whose names hold a field of government
_DEPARTMENT = "部门"
_GENERAL = ("部门", "机关")  # end the names by which the law speaks of departments


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
    field = field_of(body.name) if body.kind == _DEPARTMENT else ""
    if not field:
        return []
    like = [other for other, _ in kept.bodies_like(field, _MOST_LOOKED_AT)]
    roles = [
        other
        for other in like
        if other != body and other.region is None and _is_general(other) and field_of(other.name) == field
    ]
    norms = {role.body_id: len(kept.edges_from([role.body_id], (EdgeType.BEARS, EdgeType.HOLDS))) for role in roles}
    found = (Role(role, norms[role.body_id]) for role in roles if norms[role.body_id])
    return sorted(found, key=lambda role: (-role.norms, role.body.name))


def _is_general(body: Body) -> bool:
    return body.name.endswith(_GENERAL)
