"""Names of bodies and parties in running text: 县级以上地方人民政府市场监督管理部门, 公民, 房地产开发企业."""

from __future__ import annotations

from tiaoli.body_kinds import is_public, kind_of

__all__ = ["is_public", "kind_of"]
