"""The command calendar: what it prints, its files, its errors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from factories import ingest, write

from answers.calendar.ics import read_back
from interfaces import cli
from tiaoli.store import Store

RULES = """江川市水资源管理办法

第一条 江川市水务局应当于每年12月25日前向江川市人民政府报告水资源公报。

第二条 江川市水务局应当自受理申请之日起二十日内作出决定。

第三条 江川市财政局应当每季度核对水资源费。
"""


@pytest.fixture
def tiaoli(tmp_path, folder, monkeypatch, capsys):
    """Run a command over a small store; returns exit code, standard output and standard error."""
    with Store(tmp_path / "库") as store:
        ingest(store, write(folder, {"办法.txt": RULES}))
    monkeypatch.setenv("TIAOLI_STORE", str(tmp_path / "库"))

    def run(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tiaoli", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        output = capsys.readouterr()
        return int(ended.value.code or 0), output.out, output.err

    return run


def test_it_lists_what_is_due_and_says_how_much_is_not_shown(tiaoli):
    code, shown, _ = tiaoli("calendar", "--from", "2026-12-01")
    assert code == 0
    assert "到期日：2026年12月25日　状态：还有 24 天　频次：每年　承担主体：江川市水务局" in shown
    assert "频次：每季度　本期至：2026年12月31日　承担主体：江川市财政局" in shown
    assert "受理申请之日起" not in shown
    assert "另有起算期限 1 条，加 --running 列出。" in shown
    assert "受理申请之日起" in tiaoli("calendar", "--from", "2026-12-01", "--running")[1]


def test_it_asks_for_a_body(tiaoli):
    code, shown, _ = tiaoli("calendar", "--body", "江川市财政局", "--from", "2026-12-01")
    assert code == 0
    assert "江川市财政局到期日程" in shown
    assert "水资源公报" not in shown
    assert "水资源公报" in tiaoli("calendar", "--body", "江川市人民政府", "--from", "2026-12-01")[1]


def test_json_holds_days_limits_and_counts(tiaoli):
    found = json.loads(tiaoli("calendar", "--from", "2026-12-01", "--until", "2028-01-31", "--json")[1])
    (dated,), (undated,), (running,) = found["dated"], found["undated"], found["running"]
    assert dated["next"] == "2026-12-25"
    assert dated["days"] == ["2026-12-25", "2027-12-25"]
    assert dated["when"]["rule"] == "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"
    assert dated["cited"] == "《江川市水资源管理办法》第一条"
    assert (undated["when"]["every"], undated["period_end"]) == ("季度", "2026-12-31")
    assert (running["when"]["value"], running["when"]["unit"]) == (20.0, "日")
    assert found["counts"]["limits"] == 3


def test_files_are_written(tiaoli, tmp_path):
    ics, xlsx, docx = (tmp_path / f"期限.{name}" for name in ("ics", "xlsx", "docx"))
    code, shown, errors = tiaoli("calendar", "--from", "2026-12-01", "--ics", ics, "--xlsx", xlsx, "--docx", docx)
    assert (code, shown) == (0, "")
    assert "已存 1 项" in errors
    assert read_back(ics.read_bytes()) == 1
    assert xlsx.read_bytes()[:2] == docx.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--body", "乌有局"), "没有提到“乌有局”"),
        (("--from", "明天"), "2023-03-15 这样的日期"),
        (("--from", "2026-12-01", "--until", "2026-01-01"), "--until"),
        (("--type", "红头文件"), "没有“红头文件”这种文种"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(tiaoli, words, told):
    code, _, errors = tiaoli("calendar", *words)
    assert code == 2
    assert told in errors
