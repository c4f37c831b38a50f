"""Pictures and projects that leave the notebook: SVG, a standalone HTML page, a Dagster project."""
