"""JSON-ready pictures of graph, runs and changes, for the widget and for HTML; drawing them is elsewhere."""
