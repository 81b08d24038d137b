"""The web app: which pages there are. `tiaoli app` or `streamlit run app.py` starts it."""

import streamlit as st

from interfaces import theme

st.set_page_config(page_title="条理", layout="wide", initial_sidebar_state="collapsed")
pages = [
    st.Page("interfaces/pages/search_page.py", title="检索", default=True),
    st.Page("interfaces/pages/reader_page.py", title="阅读", url_path="read"),
    st.Page("interfaces/pages/compare_page.py", title="对照", url_path="compare"),
    st.Page("interfaces/pages/obligations_page.py", title="义务", url_path="obligations"),
    st.Page("interfaces/pages/body_page.py", title="机关", url_path="body"),
    st.Page("interfaces/pages/calendar_page.py", title="期限", url_path="calendar"),
    st.Page("interfaces/pages/cleanup_page.py", title="清理", url_path="cleanup"),
    st.Page("interfaces/pages/gaps_page.py", title="交叉与空白", url_path="gaps"),
    st.Page("interfaces/pages/trace_page.py", title="溯源", url_path="trace"),
    st.Page("interfaces/pages/graph_page.py", title="图谱", url_path="graph"),
    st.Page("interfaces/pages/corpus_page.py", title="语料", url_path="corpus"),
]
page = st.navigation(pages, position="top")
st.set_page_config(page_title=f"{page.title} · 条理")  # a page that shows one thing names that thing too
theme.apply(pages, page)
page.run()
