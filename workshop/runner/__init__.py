"""``workshop run``: an app with everything it needs, and nothing of it left behind.

The processes of a ``Procfile`` are started here rather than by honcho's ``Manager``. That one waits
for ever when a process ignores SIGTERM, starts every line through a shell (so the signal may end
the shell and miss the server), leaves everything running when it is itself killed, and offers no
place to look at the parent process or at ``/health/live`` meanwhile.
"""
