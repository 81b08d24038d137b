"""The view in which files are imported: what to import, how far it is, what became of each file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ingest.pipeline import LARGEST_FILE
from ingest.readers import ENDINGS
from interfaces import parts, state, theme
from interfaces.pages.address import CORPUS, SEARCH, href
from interfaces.pages.corpus import result_table
from interfaces.pages.import_job import OUTCOMES, Job
from interfaces.pages.library import Library
from search.index import Index
from tiaoli import settings

_EVERY = 0.7  # seconds between two looks at a running import
_FOLDER = "corpus_folder"


def draw(library: Library | None) -> None:
    """Draw the running import, or the last one and what else can be imported."""
    job = state.job()
    if job is not None and job.running:
        follow()
        return
    if job is not None:
        _done(job)
    if library is None:
        theme.show(parts.note("库里还没有文件。可以先导入示例语料看看，也可以直接导入自己的文件。", tone="calm"))
        st.button("导入示例语料", type="primary", on_click=_begin, args=([settings.SAMPLE_CORPUS], "示例语料"))
    _uploads()
    _place()


def index_ready(index: Index | None) -> bool:
    """Whether there is an index to search; draws how far its making is, or why there is none."""
    job = state.keep_index(index)
    if job is not None:
        follow()
    elif index is None:
        last = state.job()
        why = (last.failure if last else "") or "检索索引没有建成，请再导入一次。"
        theme.show(parts.note(why, tone="over", link=("打开语料页", href(CORPUS, view="import"))))
    return index is not None


def _uploads() -> None:
    with st.form("corpus_upload", clear_on_submit=True):
        label = f"上传文件（{'、'.join(ENDINGS)}），可以一次选多个"
        files = st.file_uploader(label, ENDINGS, accept_multiple_files=True)
        sent = st.form_submit_button("导入所选文件")
        st.caption(
            f"每个文件不超过 {LARGEST_FILE >> 20} MB，会复制到库的 uploads 文件夹。"
            "同名而内容不同的文件作为新版本，旧文本仍可查阅。"
        )
    if sent and files:
        paths = save_uploads(state.folder() / "uploads", [(file.name, file.getvalue()) for file in files])
        _begin(paths, f"上传的 {len(paths)} 个文件")
        st.rerun()
    elif sent:
        st.warning("还没有选择文件。")


def _place() -> None:
    with st.form("corpus_place"):
        given = st.text_input(
            "这台电脑上的文件夹或文件", placeholder="完整路径，例如 ~/Documents/政策文件", key=_FOLDER
        )
        sent = st.form_submit_button("导入这个位置")
        st.caption("就地读取，不复制也不修改原文件。以后再导入同一位置，只处理新增、改动和撤下的文件。")
    path = Path(given.strip().strip("\"'")).expanduser()
    if sent and not given.strip():
        st.warning("请填写路径。")
    elif sent and not path.is_absolute():
        st.warning("请填写从根目录（或盘符）开始的完整路径。")
    elif sent and not path.exists():
        st.error(f"找不到 {path}，请检查路径。")
    elif sent:
        _begin([path], str(path))
        st.rerun()


def _begin(paths: Sequence[Path], label: str) -> None:
    st.query_params["view"] = "import"  # where its result will be shown, also when the store is no longer empty
    state.start_job(paths, label)


def save_uploads(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Write uploaded files into `folder` under their own names, without any folders that the names may hold."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in files:
        path = folder / (Path(name.replace("\\", "/")).name.lstrip(".") or "文件.txt")
        path.write_bytes(data)
        paths.append(path)
    return paths


@st.fragment(run_every=_EVERY)
def follow() -> None:
    """Draw the running import and keep the drawing up to date; the page is drawn anew when it ends."""
    job = state.job()
    if job is None or not job.running:
        st.rerun()
    st.progress(job.share, text=_progress(job))
    if job.indexed is None and not job.cancelled:
        st.button("停止导入", on_click=job.cancel, help="停在当前文件之后；已导入的都已保存")
    if job.results:
        theme.show(result_table(list(reversed(job.results))))


def _progress(job: Job) -> str:
    if job.linked is not None:
        return f"正在建立图谱：{job.linked[0]:,} / {job.linked[1]:,} 件"
    if job.indexed is not None:
        return f"正在编入检索索引：{job.indexed[0]:,} / {job.indexed[1]:,} 件"
    if job.cancelled:
        return "正在停止，等当前文件写完…"
    if job.waiting:
        return "另一个导入正在使用这个库，等它完成后继续…"
    if job.total is None:
        return f"正在查看 {job.label}…"
    return f"正在导入 {job.label}：{len(job.results):,} / {job.total:,}"


def _done(job: Job) -> None:
    counts = job.counts
    told = "，".join(f"{name} {counts[key]:,}" for key, name in OUTCOMES.items() if counts[key]) or "没有找到文件"
    if job.failure:
        theme.show(parts.note(job.failure, tone="over"))
    ended = "已停止导入" if job.cancelled else "导入完成"
    link = ("去检索", href(SEARCH)) if counts["new"] or counts["changed"] else ("查看文件", href(CORPUS, view="files"))
    theme.show(parts.note(f"{ended}（{job.label}）：{told}。", tone="calm", link=link) + result_table(job.results))
