"""Which texts of two lists belong together: the most alike first, neighbours of what belongs together before strangers.

Old and new are treated alike, so that the other way round gives the same matches the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from compare.likeness import Edge, Likeness, Text
from compare.pairing import Fit, Lists, Match, Pairing, Side
from compare.parts import SHORT, add_parts

_CLEAR, _RIVAL = 0.5, 0.15  # a likeness that needs no neighbours, and how far behind the next best then is
_ROUNDS = ((0.7, 0.6, 0.5), (0.45, 0.4, 0.35), (0.4, 0.3, 0.15))  # likeness needed where 0, 1, 2 neighbours fit
_HELD, _FAR = 0.6, 0.25  # likeness of a text that is held in another as a whole; likeness below which that is chance
_BESIDE, _AT_LAST = 0.35, 0.18  # share of a part that stands beside another: before and after the last round
_TOUCHING = 0.13  # likeness needed where the two stand right beside what belongs together
_FAINT, _APART, _APART_HELD = 0.1, 0.12, 0.18  # with rare words in common: there; and near it, held in the other
_RARE = 3  # texts, of both versions, that have rare words: the two and one more
_EACH_OTHER, _ONLY = 0.18, 0.75  # likeness needed without neighbours, and what share of it others may reach


def match(old: Sequence[Text], new: Sequence[Text], edges: Sequence[Edge], likeness: Likeness) -> list[Match]:
    """Return every place of both lists in exactly one match; the order is that of the old list, then of the new."""
    lists, pairing = Lists(old, new, likeness), Pairing(Side(len(old)), Side(len(new)))
    for edge in _unrivalled(edges, _CLEAR, lambda score: score - _RIVAL):
        pairing.pair(edge)
    *early, last = _ROUNDS
    for needed in early:
        pairing.rounds(edges, partial(_alike, needed))
    add_parts(pairing, lists, edges, _BESIDE)
    held = [_held(edge, lists) if pairing.free(edge) else edge for edge in edges]
    pairing.rounds(held, partial(_alike, last))
    add_parts(pairing, lists, held, _AT_LAST)
    pairing.rounds(held, partial(_faint, lists))
    for edge in _unrivalled(edges, _EACH_OTHER, lambda score: score * _ONLY):
        if pairing.free(edge) and lists.length(edge) >= SHORT and lists.own(edge, _RARE):
            pairing.pair(edge)
    pairing.rounds(held, partial(_faint, lists))
    add_parts(pairing, lists, held, _AT_LAST)
    return pairing.all()


def _alike(needed: Sequence[float], edge: Edge, fit: Fit) -> bool:
    return edge.score >= needed[fit.sides]


def _faint(lists: Lists, edge: Edge, fit: Fit) -> bool:
    """Return whether a pair that is little alike, as after a revision, sits where nothing else can belong.

    Penalties are a little alike whatever they punish; so words are asked for that hardly any third text has.
    """
    if not fit.nearest or lists.length(edge) < SHORT:
        return False
    if fit.touching:
        return edge.score >= _TOUCHING or (edge.score >= _FAINT and lists.own(edge, _RARE))
    return edge.score >= _APART and lists.own(edge, _RARE) and lists.held(edge) >= _APART_HELD


def _held(edge: Edge, lists: Lists) -> Edge:
    """Return a pair as more alike than it seems where one of the two is held in the other, which says more."""
    return edge if edge.score < _FAR else edge._replace(score=max(edge.score, round(_HELD * lists.held(edge), 6)))


def _unrivalled(edges: Sequence[Edge], least: float, behind: Callable[[float], float]) -> Iterator[Edge]:
    """Yield the pairs with at least this likeness of which neither is nearly as much alike with any other text."""
    of_old, of_new = defaultdict[int, list[float]](list), defaultdict[int, list[float]](list)
    for edge in edges:
        of_old[edge.old].append(edge.score)
        of_new[edge.new].append(edge.score)
    for edge in edges:
        rivals = sum(s > behind(edge.score) for s in (*of_old[edge.old], *of_new[edge.new]))
        if edge.score >= least and rivals == 2:  # itself, once on each side
            yield edge
