"""The assets of the seeds' project that are in modules."""
