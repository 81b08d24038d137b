"""权责清单: what a body may do, on which basis, with which duties, by when, and who answers for it."""
