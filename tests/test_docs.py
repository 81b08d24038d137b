"""What the READMEs say is so: terms, commands, folders, make words."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from interfaces import cli
from tiaoli import records

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh.md")


def glossary(readme: str) -> dict[str, str]:
    """Identifier → term, from the glossary table."""
    rows = re.findall(r"^\| (.+?) \| (`[^|]+`) \| .+ \|$", (ROOT / readme).read_text(encoding="utf-8"), re.M)
    return {name: term for term, names in rows for name in re.findall(r"`([^`]+)`", names) if not name.endswith("/")}


@pytest.mark.parametrize("readme", READMES)
def test_the_glossary_has_every_kind_type_and_status(readme):
    for members in (records.Kind, records.DocType, records.Status):
        wanted = {f"{members.__name__}.{member.name}" for member in members}
        assert wanted == {name for name in glossary(readme) if name.startswith(f"{members.__name__}.")}


@pytest.mark.parametrize("readme", READMES)
def test_every_identifier_of_the_glossary_is_one_of_ours(readme):
    source = (ROOT / "tiaoli" / "records.py").read_text(encoding="utf-8")
    for name in glossary(readme):
        if name.split(".")[0] in ("answers", "graph"):
            module, _, own = name.rpartition(".")
            assert hasattr(import_module(module), own), name
            continue
        first, _, field = name.partition(".")
        assert hasattr(records, first) or first in source, name
        assert not field or hasattr(getattr(records, first), field), name


def test_both_glossaries_have_the_same_terms():
    assert glossary(READMES[0]) == glossary(READMES[1])


@pytest.mark.parametrize("member", [*records.DocType, *records.Status])
def test_types_and_states_are_shown_by_the_terms_of_the_glossary(member):
    assert member.value in glossary("README.md")[f"{type(member).__name__}.{member.name}"].split(" / ")


def commands() -> set[str]:
    named = {c.name or c.callback.__name__ for c in cli.app.registered_commands}
    return named | {group.name for group in cli.app.registered_groups}


def test_the_manual_has_every_command():
    manual = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert commands() == set(re.findall(r"^## `tiaoli ([a-z-]+)`", manual, re.M)), "run `make docs`"


@pytest.mark.parametrize("readme", READMES)
def test_every_command_shown_exists(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert set(re.findall(r"^tiaoli ([a-z-]+)", text, re.M)) <= commands()
    words = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.M)) <= set(words)


@pytest.mark.parametrize("readme", [*READMES, "CONTRIBUTING.md"])
def test_every_folder_and_file_named_exists(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_]+/[a-z_/.]*)`", text) + re.findall(r"[^!]\[[^\]]+\]\(([^)#]+)\)", text)
    assert [name for name in named if not (ROOT / name).exists()] == []
