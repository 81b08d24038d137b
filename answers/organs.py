"""A body by one of its names, with the bodies below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.bodies import body_id, body_name
from tiaoli.errors import NotFound, TiaoliError
from tiaoli.records import Body

_MOST = 8  # bodies that one short name may stand for


def find_bodies(bodies: Mapping[str, Body], name: str) -> list[Body]:
    """Return the body of that id or name, or those that documents call by it: 市民政局 may be several.

    NotFound where there is none, TiaoliError where a short name stands for too many to be meant.
    """
    exact = bodies.get(name) or bodies.get(body_id(name))
    if exact is not None:
        return [exact]
    called = body_name(name)
    found = [body for body in bodies.values() if called in body.aliases]
    if len(found) > _MOST:
        raise TiaoliError(f"叫“{name}”的机关有 {len(found)} 个，请写全称，如 {found[0].name}、{found[1].name}。")
    if found:
        return found
    like = [body.name for body in bodies.values() if called and called in body.name][:5]
    advice = f"名称相近的有：{'、'.join(like)}。" if like else "请检查名称，或写全称。"
    raise NotFound(f"库中的文件没有提到“{name}”。{advice}")


def with_organs(bodies: Mapping[str, Body], ids: Iterable[str]) -> frozenset[str]:
    """Return bodies by their ids with all that are part of them: departments of a government, offices of a department."""
    below: dict[str, list[str]] = defaultdict(list)
    for body in bodies.values():
        if body.parent_id is not None:
            below[body.parent_id].append(body.body_id)
    found, open_ = set(ids), list(ids)
    while open_:
        for part in below[open_.pop()]:
            if part not in found:
                found.add(part)
                open_.append(part)
    return frozenset(found)
