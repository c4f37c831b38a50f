"""The tests of nb_assets: the same tree as the package, and what drives them."""
