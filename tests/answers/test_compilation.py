"""On a compilation of eight real documents, where it is at hand: every office has all its functions in its 权责清单."""

from __future__ import annotations

import re
from datetime import date

import pytest

from answers.organs import find_bodies
from answers.powers.listing import powers_list
from answers.scope import Scope
from graph.corrected import CorrectedResolver, corrected
from graph.kept import kept_graph
from ingest import pipeline
from tiaoli.settings import PROJECT
from tiaoli.store import Store

SEED = PROJECT.parent / "shared" / "corpora" / "seed"
pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the corpora are not at hand")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("seed")) as opened:
        for _ in pipeline.ingest([SEED], opened, workers=0):
            pass
        yield opened


def test_every_word_of_the_functions_of_an_office_stands_in_its_list(store):
    resolver = CorrectedResolver.of(corrected(store), at=date(2026, 6, 1))
    functions = [n for d in resolver.documents for n in store.norms(d.doc_id) if n.rule == "function" and n.bearers]
    offices = {norm.bearers[0].name: norm.clause_id for norm in functions}
    assert len(offices) >= 10
    with kept_graph(store) as kept:
        for office, clause_id in offices.items():
            found = powers_list(kept, resolver, find_bodies(kept, office), Scope())
            text = store.clause(clause_id).text
            said = sorted((n.text for p in found.powers for n in p.norms if n.clause_id == clause_id), key=text.find)
            assert re.sub(r"\W", "", "".join(said)) == re.sub(r"\W", "", text), office
            assert all(power.liabilities for power in found.powers), office
