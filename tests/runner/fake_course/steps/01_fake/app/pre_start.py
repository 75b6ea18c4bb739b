"""Succeed, unless the test wants this step to be slow or to fail."""

import os
import sys
import time

sys.stdout.write("looking for the database\n")
time.sleep(float(os.environ.get("FAKE_SLOW", "0")))
if os.environ.get("FAKE_BROKEN"):
    sys.exit("the database is on holiday")
