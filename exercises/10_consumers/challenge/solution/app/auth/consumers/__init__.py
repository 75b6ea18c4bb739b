"""What the module listens to."""
