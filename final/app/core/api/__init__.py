"""What every module needs to speak HTTP."""
