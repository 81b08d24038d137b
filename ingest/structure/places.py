"""Where the labels of a text stand, for looking ahead."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from ingest.structure.labels import Family, Label, labels_outside_brackets, looks_decimal
from ingest.structure.lines import Line


class Places:
    """The places of all that looks like a label, by family and number."""

    def __init__(self, shade: str, lines: Sequence[Line]) -> None:
        self.nowhere = len(shade)
        self._starts: defaultdict[tuple[Family, int], list[int]] = defaultdict(list)
        for line in lines:
            if line.row:
                continue
            for label in labels_outside_brackets(shade, line.start, line.end):
                if label.start == line.start or not looks_decimal(shade, label):
                    self._starts[label.family, label.number].append(label.start)

    def following(self, family: Family, number: int, after: int) -> int:
        """Return where a label first stands behind a position, the end of the text where it does not."""
        starts = self._starts.get((family, number), [])
        found = bisect_right(starts, after)
        return starts[found] if found < len(starts) else self.nowhere

    def goes_on(self, label: Label, before: int | None = None) -> bool:
        """Tell whether the next number of a label's family stands behind it (and `before` a position), before its own again."""
        successor = self.following(label.family, label.number + 1, label.start)
        limit = self.nowhere if before is None else before
        return successor < limit and self.following(label.family, label.number, label.start) > successor
