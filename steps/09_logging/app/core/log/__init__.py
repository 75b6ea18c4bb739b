"""The log: lines of every logger in one format, without secrets, tied together by an id."""
