"""The command line: exit codes, one line an error, and nothing heavy before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest
from factories import STATUTE, statute, write

from interfaces import cli
from tiaoli import settings
from tiaoli.store import Store

PROJECT = Path(__file__).parent.parent
HEAVY = {"torch", "streamlit", "spacy", "faiss", "sentence_transformers", "networkx", "pandas", "numpy", "tantivy"}


@pytest.fixture
def tiaoli(tmp_path, monkeypatch, capsys):
    """Run a command in this process; returns exit code, standard output and standard error."""
    monkeypatch.setenv("TIAOLI_STORE", str(tmp_path / "库"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tiaoli", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        output = capsys.readouterr()
        return int(ended.value.code or 0), output.out, output.err

    return run


def test_help_names_the_commands_and_loads_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "interfaces.cli", "--help"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    assert "ingest" in done.stdout
    assert "app" in done.stdout
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert not imported & HEAVY


def test_ingest_ends_with_a_sum_and_zero_where_all_was_read(tiaoli, folder):
    write(folder, {"甲.txt": STATUTE, "乙.md": statute(2)})
    code, output, _ = tiaoli("ingest", folder, "--workers", "1")
    assert code == 0
    assert output.startswith("文件：新增 2。写入 2 件文件、")
    assert tiaoli("ingest", folder)[1] == "文件：未变 2。写入 0 件文件、0 个条款，待核问题 0 个。\n"
    assert "重读 2" in tiaoli("ingest", folder, "--again")[1]


def test_ingest_ends_with_three_and_a_line_each_where_some_were_not_read(tiaoli, folder):
    write(folder, {"甲.txt": STATUTE, "空[red].txt": b"", "图:smile:.png": b"x", "换\n行.txt": b""})
    code, output, errors = tiaoli("ingest", folder)
    assert code == 3
    assert "新增 1，读不了 3" in output
    lines = [line for line in errors.splitlines() if line.startswith("读不了")]
    assert lines == [
        "读不了 文件/图:smile:.png：暂不支持 .png 格式，目前可读 "
        + "、".join(sorted(readers()))
        + "；请另存为其中一种后再导入",
        r"读不了 文件/换\n行.txt：文件是空的，没有可导入的文字",
        "读不了 文件/空[red].txt：文件是空的，没有可导入的文字",
    ]


def readers() -> set[str]:
    from ingest.readers import ENDINGS

    return set(ENDINGS)


def test_a_path_that_is_not_there_is_named_before_anything_is_read(tiaoli, folder, tmp_path):
    code, output, errors = tiaoli("ingest", folder, folder / "没有")
    assert (code, output) == (2, "")
    assert errors == f"错误：找不到 {folder / '没有'}，请检查路径。\n"
    assert not (tmp_path / "库").exists()


def test_wrong_usage_ends_with_two(tiaoli):
    assert tiaoli("ingest")[0] == 2
    assert tiaoli("没有这个命令")[0] == 2


def test_the_option_goes_before_the_environment(tiaoli, folder, tmp_path):
    write(folder, {"甲.txt": STATUTE})
    tiaoli("ingest", folder, "--store", tmp_path / "别的库")
    assert not (tmp_path / "库").exists()
    with Store(tmp_path / "别的库", read_only=True) as store:
        assert [d.doc_id for d in store.documents()] == ["甲"]


def test_a_store_that_cannot_be_opened_is_one_line(tiaoli, folder, tmp_path):
    (tmp_path / "库").write_text("")
    code, _, errors = tiaoli("ingest", folder)
    assert code == 2
    assert errors.startswith("错误：打不开条理库")
    assert errors.count("\n") == 1


def test_a_fault_of_ours_is_one_line_without_debug_and_a_traceback_with_it(tiaoli, folder, monkeypatch):
    monkeypatch.setattr("ingest.pipeline.ingest", lambda *args, **options: 1 // 0)
    code, _, errors = tiaoli("ingest", folder)
    assert code == 1
    assert errors.splitlines()[-1].startswith("程序出错（ZeroDivisionError: ")
    assert "--debug" in errors
    assert "Traceback" not in errors
    monkeypatch.setattr(sys, "argv", ["tiaoli", "--debug", "ingest", str(folder)])
    with pytest.raises(ZeroDivisionError):
        cli.main()


# --- the web app ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def launched(monkeypatch):
    """What `tiaoli app` would turn into."""
    calls: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda program, words: calls.append(words))
    return calls


def test_the_app_listens_on_this_machine_only_and_sends_nothing(tiaoli, launched, tmp_path, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    code, output, _ = tiaoli("app", "--store", tmp_path / "我的库", "--port", "18765")
    (words,) = launched
    assert code == 0
    assert words[1:5] == ["-m", "streamlit", "run", str(settings.APP)]
    assert {
        "--server.address=localhost",
        "--server.port=18765",
        "--server.headless=true",
        "--browser.gatherUsageStats=false",
    } <= set(words)
    assert "http://localhost:18765" in output
    assert settings.store_folder() == tmp_path / "我的库"


def test_the_app_opens_a_browser_where_there_is_a_screen(tiaoli, launched, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    tiaoli("app", "--port", "18765")
    assert "--server.headless=false" in launched[0]


def test_a_port_in_use_is_named_and_by_default_passed_over(tiaoli, launched, monkeypatch):
    monkeypatch.setattr(cli, "_is_free", lambda port: port > 8503)
    code, _, errors = tiaoli("app", "--port", "8502")
    assert (code, errors) == (2, "错误：端口 8502 已被占用，请用 --port 换一个，或先关闭占用它的程序。\n")
    tiaoli("app")
    assert "--server.port=8504" in launched[0]
