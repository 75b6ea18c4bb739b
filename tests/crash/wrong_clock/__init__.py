"""A folder for the path of Python, see `sitecustomize`."""
