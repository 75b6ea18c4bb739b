"""Show that the password has arrived."""

import os
import sys

sys.stdout.write(os.environ["FIRST_ADMIN_PASSWORD"])
