"""Running the course's tests on somebody's code, and telling which tasks that makes done."""
