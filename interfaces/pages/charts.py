"""Charts of counts; Altair draws them in the browser with what Streamlit ships, nothing is fetched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import altair as alt

_COUNT = "件数"
Rows = Sequence[dict[str, object]]
_data: Callable[..., Any] = alt.Data  # without types in Altair


def stacked(rows: Rows, along: str, by: str) -> alt.Chart:
    """Counts along an ordered field, stacked by another."""
    chart: alt.Chart = (
        _chart(rows)
        .mark_bar()
        .encode(
            x=alt.X(f"{along}:O", title=None, axis=alt.Axis(labelOverlap=True, labelAngle=0)),
            y=alt.Y(f"sum({_COUNT}):Q", title=_COUNT, axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                f"{by}:N", title=None, legend=alt.Legend(orient="bottom", columns=3, labelFontSize=12, columnPadding=8)
            ),
            tooltip=[f"{along}:O", f"{by}:N", f"{_COUNT}:Q"],
        )
    )
    return chart.properties(height=320, title=f"按{along}和{by}")


def bars(rows: Rows, by: str) -> alt.Chart:
    """Counts as bars in the order given, each with its number in its name."""
    named = [{by: f"{row[by]}  {row[_COUNT]}", _COUNT: row[_COUNT]} for row in rows]
    chart: alt.Chart = (
        _chart(named)
        .mark_bar()
        .encode(
            y=alt.Y(f"{by}:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, labelOverlap=False)),
            x=alt.X(f"{_COUNT}:Q", title=None, axis=None),
            tooltip=[f"{by}:N"],
        )
    )
    return chart.properties(height=90 + 26 * len(rows), title=f"按{by}")


def _chart(rows: Rows) -> alt.Chart:
    return alt.Chart(_data(values=list(rows)))
