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


class OneCallAtATime:
    """Lets one call in at a time, so that each is one step, as it is in AWS.

    moto serves each call in a thread of its own, and keeps its state in plain dictionaries without locks. A list is read
    while another call adds to it, which ends in "dictionary changed size during iteration"; the condition of a write to
    DynamoDB is checked, and another call writes before the write is made:
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html#WorkingWithItems.ConditionalUpdate

    One lock serves all services, because moto's services change each other's state: Publish of SNS puts a message in a
    queue. It costs nothing, since Python runs one thread at a time anyway.

    Only a ReceiveMessage, which may wait for a message that another call sends, does not hold the lock. No other call
    waits for a second one: moto asks over HTTP only what somebody subscribed to a topic, or named as an API destination or
    an integration, and the sandbox has none of these.
    """

    def __init__(self, application):
        self.application = application
        self.turn = Lock()

    def __call__(self, environ, start_response):
        if environ.get("HTTP_X_AMZ_TARGET") == "AmazonSQS.ReceiveMessage":
            return self.application(environ, start_response)
        with self.turn:
            answer = self.application(environ, start_response)
            try:
                # An answer may be made only while it is read.
                return [b"".join(answer)]
            finally:
                answer.close()


# Ctrl-C reaches the whole process group; the parent stops moto itself, in its own order.
signal.signal(signal.SIGINT, signal.SIG_IGN)

application = OneCallAtATime(DomainDispatcherApplication(create_backend_app))
server = make_server("127.0.0.1", 0, application, threaded=True)
Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.buffer.read()
# Not sys.exit: no clean-up is worth waiting for.
os._exit(0)
