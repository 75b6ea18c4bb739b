"""Do nothing for a long time."""

import os
import sys
import time

sys.stdout.write(f"worker says {os.environ['GREETING']} pid={os.getpid()}\n")
time.sleep(600)
