"""Versions of a work: which there are, which clause of one became which of the other, and in which words they differ."""
