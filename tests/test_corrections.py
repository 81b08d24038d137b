"""The commands `corrections`: out of one store, into another, listed with what became of each."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from factories import ingest, write
from typer.testing import CliRunner

from interfaces.cli import app
from tiaoli.decisions import on_body, on_norm
from tiaoli.errors import TiaoliError
from tiaoli.records import Verb
from tiaoli.store import Store

FILE = """示例市河道管理办法

第一条 市水务局应当每年对河道检查一次。

第二条 市水务局负责河道监督管理，可以委托街道办事处巡查。
"""
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def said(store, folder):
    """A store with two words on one norm, and one on a name that no document has."""
    ingest(store, write(folder, {"办法.txt": FILE}))
    norm = next(n for n in store.norms("办法") if "每年" in n.text)
    anchor = {"clause": store.clause(norm.clause_id), "document": store.document("办法")}
    for minutes, (who, action) in enumerate([("李明", "检查"), ("王\x1b[31m芳", "检查河道")]):
        when = NOON + timedelta(minutes=minutes)
        store.put_decision(
            on_norm(norm, Verb.EDIT, who=who, when=when, why="原文如此", changes={"action": action}, **anchor)
        )
    store.put_decision(on_body("市林业局", Verb.ADD, who="李明", name="甲市林业局", when=NOON))
    return store


def run(store, *words, code=0):
    result = CliRunner().invoke(app, ["corrections", *map(str, words), "--store", str(store.folder)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def test_the_list_tells_what_holds_what_hangs_and_what_was_overruled(said):
    out = run(said, "list").stdout
    assert "李明 修改规范 办法#第一条/第一款“市水务局应当每年对河道检查一次”" in out
    assert "  有效：办法\n  已被 王�[31m芳 " in out
    assert "的更正取代，意见不同" in out
    assert "  悬空： 现有文件中没有出现这个名称" in out
    assert "共 3 条更正：1 条有效，1 条悬空，1 条已被后来的更正取代（其中 1 条是不同的人意见不同）。" in out
    assert "\x1b" not in out


def test_only_what_hangs_can_be_listed(said):
    out = run(said, "list", "--hanging").stdout
    assert "市林业局" in out
    assert "修改规范" not in out
    rows = [json.loads(line) for line in run(said, "list", "--hanging", "--json").stdout.splitlines()]
    assert [(row["words"], row["hanging"]) for row in rows] == [
        ("市林业局", [{"doc_id": None, "reason": "现有文件中没有出现这个名称"}])
    ]


def test_the_list_as_json_names_what_overruled_what(said):
    rows = [json.loads(line) for line in run(said, "list", "--json").stdout.splitlines()]
    mine, hers = (next(row for row in rows if row["value"].get("action") == action) for action in ("检查", "检查河道"))
    assert (mine["overruled_by"], hers["overruled_by"], mine["holds"]) == ([hers["decision_id"]], [], ["办法"])


def test_what_is_exported_can_be_imported_any_number_of_times(said, tmp_path, folder):
    out = tmp_path / "更正.jsonl"
    run(said, "export", "-o", out)
    with Store(tmp_path / "别处") as other:
        ingest(other, folder)
        assert "新增 3 条更正，0 条已有，0 行不能用。" in run(other, "import", out).stdout
        assert other.decisions() == said.decisions()
        assert "新增 0 条更正，3 条已有，0 行不能用。" in run(other, "import", out).stdout
        again = run(other, "export").stdout
    assert again == out.read_text(encoding="utf-8")


def test_lines_that_do_not_fit_are_told_and_the_others_taken(said, tmp_path):
    lines = run(said, "export").stdout.splitlines()
    bad = tmp_path / "坏.jsonl"
    bad.write_text("\n".join(["{", lines[0].replace("李明", "赵强")] + ['{"about": "law"}'] * 30), encoding="utf-8")
    result = run(said, "import", bad, code=3)
    assert "第 1 行不能用" in result.stderr
    assert "……还有 11 行" in result.stderr
    assert "新增 1 条更正，0 条已有，31 行不能用。" in result.stdout


def test_a_file_that_is_not_there_is_told(store):
    with pytest.raises(TiaoliError, match="读不了"):
        run(store, "import", "没有.jsonl")


def test_norms_are_exported_as_corrected(said):
    result = CliRunner().invoke(app, ["export", "norms", "--store", str(said.folder)])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["action"], row["confidence"]) for row in rows if row["rule"] == "person"] == [("检查河道", 1.0)]
