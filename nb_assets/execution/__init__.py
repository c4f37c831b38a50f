"""Running assets: what to run, running it, and telling the others."""
