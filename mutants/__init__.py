"""Small changes of each step's code that its tests have to notice: ``nox -s mutants``."""
