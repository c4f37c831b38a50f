"""What a function means, and what a value holds, as texts to compare."""
