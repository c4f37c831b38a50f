"""Real parts to test with: kernels, Jupyter servers, a browser. No part of the package is replaced here."""
