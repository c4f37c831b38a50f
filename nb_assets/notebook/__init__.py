"""The notebook surface: magics, completion, and what is shown inline.

Everything here parses, delegates to the session and displays; nothing here decides what is stale or runs anything
itself. Loaded by ``%load_ext nb_assets``, never by ``import nb_assets``.
"""
