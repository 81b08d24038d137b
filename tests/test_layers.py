"""Imports point one way: each room may import the rooms before it, and only the interfaces know Streamlit."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "tiaoli": set(),
    "ingest": {"tiaoli"},
    "graph": {"tiaoli"},
    "search": {"tiaoli"},
    "office": {"tiaoli"},
    "compare": {"tiaoli", "office"},
    "answers": {"tiaoli", "graph", "search", "office", "compare"},
    "interfaces": {"tiaoli", "ingest", "graph", "search", "office", "compare", "answers"},
}
MODULES = [path for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_the_rooms_before_it(path):
    room = path.relative_to(ROOT).parts[0]
    strangers = imported(path) & MAY_IMPORT.keys() - MAY_IMPORT[room] - {room}
    assert not strangers, f"{path.name} imports {strangers}"
    if room != "interfaces":
        assert "streamlit" not in imported(path)


def test_no_module_has_a_name_that_means_nothing():
    assert not [p for p in MODULES if p.stem in {"utils", "helpers", "common", "misc"}]
