"""How good the tags are: against people's labels, and people against each other."""
