"""Show that the password has arrived."""

import sys

from app.jobs import first_data

sys.stdout.write(first_data())
