project-not-found =
  { $path } is not a checkout of the workshop: it has no steps/ directory.
  Unset WORKSHOP_ROOT, or point it at the folder that holds README.md and noxfile.py.
