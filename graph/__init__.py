"""Records as a graph of documents, clauses and bodies, and the questions it answers."""
