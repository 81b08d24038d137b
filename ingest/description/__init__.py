"""What a document is, from its own words: title, number, issuer, dates, type and rank, force. `describe` is the way in."""
