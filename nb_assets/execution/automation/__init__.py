"""Evaluates automation conditions: against an instance, as a test does, or in a kernel, as things happen there."""
