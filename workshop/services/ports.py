"""Free ports on the loopback interface."""

from __future__ import annotations

import socket
import sys


def free_port(preferred: int) -> int:
    """Return ``preferred`` if nobody listens there, else a port that the system offers.

    Another program may take it before the server does: the caller tries again then.
    """
    if preferred and _is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it would let two servers share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
