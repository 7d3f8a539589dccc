"""The check: what in a draft would embarrass a leader."""
