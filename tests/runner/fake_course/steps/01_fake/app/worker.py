"""Work, and report beside it."""

import os
import sys
import threading

from app.jobs import report, work

sys.stdout.write(f"worker says {os.environ['GREETING']} pid={os.getpid()}\n")
reporter = threading.Thread(target=report)
reporter.start()
reporter.join()
work()
