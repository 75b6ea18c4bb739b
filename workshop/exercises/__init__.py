"""Exercises: declared in ``exercises/NN_slug/exercise.toml``, made from the layers."""

from workshop.exercises.exercise import Exercise, Task
from workshop.exercises.reading import read_exercise
from workshop.exercises.starter import end_files, start_files

__all__ = ["Exercise", "Task", "end_files", "read_exercise", "start_files"]
