"""The workshop tool: layers, checks, services and the learner's loop.

Nothing in ``final/`` imports this package; it only composes, starts and checks the app.
"""
