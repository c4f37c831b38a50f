"""Passing values through IO managers: what they are told, the ones that are there, and how a run uses them."""
