"""How assets depend on each other, and which of them a selection means."""
