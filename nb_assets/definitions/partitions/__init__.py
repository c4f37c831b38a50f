"""Partitions: the parts of an asset that are made apart, such as days, and which of them are derived from which."""
