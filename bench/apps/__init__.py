"""The servers that are compared. Each answers the same paths from the same tables."""
