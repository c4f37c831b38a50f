"""The live lineage: messages, the conversation with a page, and the anywidget that carries it.

`messages.py` and the front end's `messages.ts` are the only contract between Python and TypeScript.
"""
