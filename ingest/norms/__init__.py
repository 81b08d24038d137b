"""What the clauses lay on whom: duties, prohibitions, powers, rights and liabilities."""
