"""How fast and how clear the picture is, beside pyvis, ELK and dagre on the same graphs."""
