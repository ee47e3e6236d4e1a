"""How near a comment is to the words that describe a code: features of texts, and similarity."""
