"""The stages of a test run, one module a kind: what is checked, and with which tools."""
