"""What configuration looks like, and how it is read: types, fields, classes of configuration, mappings between them."""
