"""The core of Tiaoli: the nouns, their identifiers, numerals, lexicons and the store. Imports no other room."""
