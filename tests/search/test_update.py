import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.contract import Query
from search.generation import newest, open_generation
from search.index import open_index
from search.update import behind, locked, update
from tiaoli.errors import NotFound, StoreError
from tiaoli.store import Store

ROOT = Path(__file__).parents[2]
QUERIES = ["行政处罚", "养老服务补贴", "第一条", "文件3", "公开"]


def answers(index):
    """All hits of some queries, with their exact scores."""
    return [[(h.clause_id, h.score, h.text) for h in index.search(Query(q, limit=50)).hits] for q in QUERIES]


def fill(library, numbers, words="行政处罚公开"):
    for number in numbers:
        library.put(f"文件{number}", f"第一条 {words * (number % 3 + 1)}", f"第二条 养老服务补贴{number}")
    return library


def test_an_updated_index_answers_as_one_built_anew_scores_included(new_library):
    grown, built = new_library(), new_library()
    fill(grown, range(12)).index()
    fill(grown, [3, 4], "修改后的行政处罚").index()
    grown.withdraw("文件5").index()
    fill(grown, range(12, 15)).index()
    fill(built, [n for n in range(15) if n not in (3, 4, 5)])
    fill(built, [3, 4], "修改后的行政处罚")
    assert answers(grown.index()) == answers(built.index())


def test_only_changed_documents_are_indexed_again(library):
    fill(library, range(40)).index()
    library.put("文件7", "第一条 新的内容")
    seen = []
    with Store(library.folder) as store, locked(store.folder):
        done = update(store, lambda done, total: seen.append(total))
    assert (done.added, done.removed, seen[-1]) == (1, 0, 1)
    generation = open_generation(library.folder)
    assert [len(part.segment.doc_ids) for part in generation.parts] == [40, 1]
    assert os.stat(library.folder / "index" / "gen-2" / "seg-1" / "terms.bin").st_ino  # linked, not copied


def test_segments_stay_few_however_often_it_is_updated(library):
    for number in range(25):
        fill(library, [number]).index()
    assert len(open_generation(library.folder).parts) <= 4
    assert len(open_index(library.folder).search(Query("养老服务补贴", limit=50)).hits) == 25


def test_an_index_that_is_up_to_date_is_left_alone(library):
    fill(library, range(3)).index()
    with Store(library.folder) as store, locked(store.folder):
        assert update(store) is None
        assert behind(store) == 0
    assert newest(library.folder) == 1


def test_an_index_says_how_many_documents_it_lacks(library):
    fill(library, range(3)).index()
    fill(library, range(3, 5))
    with Store(library.folder) as store:
        assert behind(store) == 2


def test_an_open_index_goes_over_to_a_new_generation_and_old_readers_finish(library):
    index = fill(library, range(3)).index()
    old = index.view()
    library.put("新文件", "第一条 全新的规定").index()
    assert index.search("全新的规定").hits[0].doc_id == "新文件"
    assert len(old.retriever.candidates("行政处罚", 9).numbers) == 3  # its files are gone, but it still holds them
    assert old.generation.row(0).text


def test_a_damaged_generation_is_named_and_made_anew_by_the_next_update(library):
    fill(library, range(3)).index()
    (library.folder / "index" / "gen-1" / "meta.json").unlink()
    with pytest.raises(StoreError, match="缺少文件"):
        open_index(library.folder)
    assert len(library.index().search("行政处罚").hits) == 3


def test_an_index_of_another_format_is_made_anew(library, monkeypatch):
    fill(library, range(3)).index()
    monkeypatch.setattr("search.index.FORMAT", "another")
    with pytest.raises(StoreError, match="另一版程序"):
        open_index(library.folder)
    monkeypatch.undo()
    monkeypatch.setattr("search.update.FORMAT", "another")
    with Store(library.folder) as store, locked(store.folder):
        assert update(store).added == 3


def test_an_index_made_from_another_store_is_made_anew(library):
    fill(library, range(6)).index()
    for file in library.folder.glob("store.sqlite*"):
        file.unlink()
    library.put("别的文件", "第一条 别的内容")
    assert [h.doc_id for h in library.index().search("内容").hits] == ["别的文件"]


def test_a_store_without_an_index_says_what_to_do(library):
    library.put("甲")
    with pytest.raises(NotFound, match="tiaoli ingest"):
        open_index(library.folder)


def test_only_one_process_writes_the_index(library):
    library.put("甲")
    with locked(library.folder) as first, locked(library.folder, wait=False) as second:
        assert (first, second) == (True, False)
    with locked(library.folder, wait=False) as free:
        assert free


KILLED = """
    import os, sys
    from search import update
    from tiaoli.store import Store

    goal, calls = int(sys.argv[2]), 0

    def step(frame, event, argument):
        global calls
        if event == "call" and frame.f_code.co_filename.endswith(("update.py", "segment_files.py", "postings.py")):
            calls += 1
            if calls == goal:
                os.kill(os.getpid(), 9)

    with Store(sys.argv[1]) as store, update.locked(store.folder):
        sys.setprofile(step)
        update.update(store)
    print("done")
"""


def run_and_kill(library, goal):
    """Update the index in another process that dies at its `goal`th step; return whether it got to the end."""
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(library.folder), str(goal)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.stdout == "done\n"


def test_a_process_that_dies_while_it_updates_leaves_an_index_that_opens_and_is_mended(new_library):
    before = answers(fill(new_library(), range(9)).index())
    library = fill(new_library(), range(9))
    library.index()
    fill(library, range(7, 12), "修改后的行政处罚")
    expected, goal = None, 1
    while not run_and_kill(library, goal):
        index = open_index(library.folder)
        expected = answers(index)
        assert expected == before or index.generation.number > 1
        goal = goal * 2 + 1
    built = fill(fill(new_library(), range(7)), range(7, 12), "修改后的行政处罚")
    assert answers(library.index()) == answers(built.index())
    assert not list((library.folder / "index").glob("making-*"))


def test_two_processes_search_while_one_updates_and_each_sees_whole_generations(library):
    fill(library, range(4)).index()
    reader = """
        import sys, time
        from search.contract import Query
        from search.index import open_index
        index, end, seen = open_index(sys.argv[1]), time.time() + 60, set()
        while time.time() < end and 12 not in seen:
            seen.add(len(index.search(Query("养老服务补贴", limit=99)).hits))
        print(sorted(seen))
    """
    command = [sys.executable, "-c", textwrap.dedent(reader), str(library.folder)]
    readers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    time.sleep(0.5)
    for number in range(4, 12, 2):
        fill(library, [number, number + 1]).index()  # two at a time: an odd number would be half a generation
    for process in readers:
        seen = eval(process.communicate(timeout=60)[0])
        assert seen[-1] == 12 and not any(n % 2 for n in seen)


def test_threads_share_an_index_while_it_goes_over_to_new_generations(library):
    index = fill(library, range(4)).index()
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(lambda: len(index.search(Query("养老服务补贴", limit=99)).hits)) for _ in range(200)]
        for number in range(4, 10, 2):
            fill(library, [number, number + 1]).index()
        seen = {job.result() for job in jobs}
    assert seen <= {4, 6, 8, 10}
