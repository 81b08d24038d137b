"""Which instruments and provisions a clause cites, and how. `citations` is the way in."""
