"""The crash test: real processes that are killed, and a count in the end."""
