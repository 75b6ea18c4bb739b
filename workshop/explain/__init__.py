"""Failures that teach: from what pytest saw to what a learner can do about it."""

from workshop.explain.explaining import Explanation, explain_others, explain_task

__all__ = ["Explanation", "explain_others", "explain_task"]
