"""溯源: the ways from a provision up to national law, and what hangs on it."""
