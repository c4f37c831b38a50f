"""Benchmarks: each is a program of its own, `python -m tests.benchmarks.NAME`, and prints what it measured."""
