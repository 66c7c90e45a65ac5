"""Serves moto, unmodified, until standard input closes.

Standard input is a pipe from the parent process. The kernel closes it however the parent ends, SIGKILL included, so moto
never outlives the sandbox. The port, which the kernel chose, is printed as the only line of standard output.
"""

import os
import signal
import sys
from threading import Lock, Thread

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server


class AtomicDynamoDb:
    """Lets one call to DynamoDB in at a time.

    moto serves each call in a thread of its own, and checks a write's condition and makes the write without a lock
    between them. In AWS both are one step:
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html#WorkingWithItems.ConditionalUpdate
    """

    def __init__(self, application):
        self.application = application
        self.turn = Lock()

    def __call__(self, environ, start_response):
        if not environ.get("HTTP_X_AMZ_TARGET", "").startswith("DynamoDB_"):
            return self.application(environ, start_response)
        with self.turn:
            answer = self.application(environ, start_response)
            try:
                return [b"".join(answer)]
            finally:
                answer.close()


# Ctrl-C reaches the whole process group; the parent stops moto itself, in its own order.
signal.signal(signal.SIGINT, signal.SIG_IGN)

application = AtomicDynamoDb(DomainDispatcherApplication(create_backend_app))
server = make_server("127.0.0.1", 0, application, threaded=True)
Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.buffer.read()
# Not sys.exit: no clean-up is worth waiting for.
os._exit(0)
