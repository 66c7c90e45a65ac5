"""Serves moto, unmodified, until standard input closes.

Standard input is a pipe from the parent process. The kernel closes it however the parent ends, SIGKILL included, so moto
never outlives the sandbox. The port, which the kernel chose, is printed as the only line of standard output.
"""

import os
import signal
import sys

from moto.server import ThreadedMotoServer

# Ctrl-C reaches the whole process group; the parent stops moto itself, in its own order.
signal.signal(signal.SIGINT, signal.SIG_IGN)

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.buffer.read()
# Not sys.exit: no clean-up is worth waiting for.
os._exit(0)
