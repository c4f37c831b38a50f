"""One handler a type of value: what it stores, and the one format that it stores it in."""

from __future__ import annotations

from nb_assets.storage.handlers.handler import Handler, Summary, UnfaithfulError
from nb_assets.storage.handlers.registry import handler_named, handlers_for, register_handler

__all__ = ["Handler", "Summary", "UnfaithfulError", "handler_named", "handlers_for", "register_handler"]
