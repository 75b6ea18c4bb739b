"""Exit codes of the learner's loop; 2, a wrong call, comes from `WorkshopError` and Typer."""

DONE = 0
"""All is as it should be."""
LEFT = 1
"""Something is left to do: a task, a conflict."""
MACHINE = 3
"""The machine lacks something; the code is not to blame."""
