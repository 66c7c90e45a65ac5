"""Serves moto until standard input closes. What moto answers is its own; slow ways to the same answer are shortened.

Standard input is a pipe from the parent process. The kernel closes it however the parent ends, SIGKILL included, so moto
never outlives the sandbox. The port, which the kernel chose, is printed as the only line of standard output.
"""

import gc
import os
import signal
import sys
import time
import traceback
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from threading import Lock, Thread

import short_dynamodb
from moto.core import responses
from moto.core.serialize import BaseJSONSerializer
from moto.core.utils import camelcase_to_underscores, method_names_from_class
from moto.iam.models import AWSManagedPolicy, IAMBackend, random_policy_id
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.sqs import models as sqs
from werkzeug.exceptions import InternalServerError
from werkzeug.serving import WSGIRequestHandler, make_server


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


class KeptHosts(DomainDispatcherApplication):
    """Finds out once which service a host means: moto goes through its own folders for that, for each call."""

    @lru_cache(maxsize=1024)
    def get_backend_for_host(self, host):
        return super().get_backend_for_host(host)


def is_within_retention_period(self, queue_name, message):
    """Whether a message is young enough to be received.

    moto asks for one attribute of the queue here, and counts all its messages four times to answer, for each message that is
    received: a third of its time where some hundred wait.
    """
    period = self.get_queue(queue_name).message_retention_period
    return period + message.sent_timestamp / 1000 > time.time()


serialize_structure = BaseJSONSerializer._serialize_type_structure


def serialize_structure_or_value(self, serialized, value, shape, key):
    """Puts a structure into an answer. A value of DynamoDB's that JSON can hold as it is goes there as it is.

    moto looks up each of the ten types that a value may have under three names, in each value of each item, and in each value
    within it: to list the ledger took it five times as long as to find what to list.
    """
    if shape.name == "AttributeValue" and is_ready_for_json(value):
        self._default_serialize(serialized, value, shape, key)
    else:
        serialize_structure(self, serialized, value, shape, key)


def is_ready_for_json(value):
    """Whether this is a value of DynamoDB's without bytes, which moto has to encode.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
    """
    if not isinstance(value, dict) or len(value) != 1:
        return False
    [(kind, held)] = value.items()
    if kind in ("S", "N"):
        return isinstance(held, str)
    if kind in ("BOOL", "NULL"):
        return isinstance(held, bool)
    if kind in ("SS", "NS"):
        return isinstance(held, list) and all(isinstance(member, str) for member in held)
    if kind == "M":
        return isinstance(held, dict) and all(map(is_ready_for_json, held.values()))
    return kind == "L" and isinstance(held, list) and all(map(is_ready_for_json, held))


init_aws_policies = IAMBackend._init_aws_policies
# What is the same of AWS's own policies in every account, by the Region, which says the partition.
kept_policies = {}


def aws_policies(self):
    """AWS's own policies, for one account: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html

    moto reads four megabytes of them for each account, and once more for each when it is emptied: half of what a sandbox took
    to start. Each account has policies of its own, with ids of its own from the same sequence, as it has where they are read.
    """
    if self.region_name not in kept_policies:
        read = init_aws_policies(self)
        kept_policies[self.region_name] = [dict(vars(policy)) for policy in read]
        return read
    return [aws_policy(kept, self.account_id) for kept in kept_policies[self.region_name]]


def aws_policy(kept, account_id):
    """One of AWS's own policies, which nobody uses yet."""
    policy = AWSManagedPolicy.__new__(AWSManagedPolicy)
    versions = list(kept["versions"])
    vars(policy).update(kept, account_id=account_id, id=random_policy_id(), tags={}, versions=versions)
    return policy


class KeptConnection(WSGIRequestHandler):
    """Answers one call after the other on a connection.

    werkzeug's own handler closes the connection after each call, because it does not know whether the call was read to its
    end. Here the call is read whole before it is answered. A connection and a thread for each call, and the 10 ms for which
    werkzeug waits for what was not read, took a quarter of moto's time.
    """

    protocol_version = "HTTP/1.1"
    # An answer goes out in one piece, and at once.
    wbufsize = -1
    disable_nagle_algorithm = True

    def run_wsgi(self):
        if self.headers.get("Expect", "").lower().strip() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        environ = self.environ = self.make_environ()
        is_chunked = environ.get("wsgi.input_terminated", False)
        length = -1 if is_chunked else int(environ.get("CONTENT_LENGTH") or 0)
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(length))
        status, headers, body = self.answer(environ)
        now = datetime.now().isoformat(timespec="milliseconds")
        sys.stderr.write(f"{now} {self.command} {self.path} {status}\n")
        self.send_response_only(int(status.split(None, 1)[0]), status.partition(" ")[2])
        self.send_header("Server", self.version_string())
        self.send_header("Date", self.date_time_string())
        for name, value in headers:
            self.send_header(name, value)
        if self.needs_length(status, headers):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def answer(self, environ):
        """Status line, headers and body; an error of moto's is an answer 500, and goes to the log."""
        try:
            return called(self.server.app, environ)
        except Exception:
            traceback.print_exc()
            return called(InternalServerError(), environ)

    def needs_length(self, status, headers):
        """Whether nothing else says where the answer ends: https://httpwg.org/specs/rfc9110.html#section-8.6"""
        has_length = any(name.lower() == "content-length" for name, _ in headers)
        never_has_body = status.startswith(("1", "204", "304"))
        return not (has_length or never_has_body or self.command == "HEAD")


def called(application, environ):
    """Status line, headers and body of an application's answer."""
    said = []

    def start_response(status, headers, exc_info=None):
        said[:] = [status, headers]

    body = application(environ, start_response)
    try:
        whole = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    return said[0], said[1], whole


# What moto keeps lives until it ends, and is much: looking through it for garbage as often as Python does by default takes
# a tenth of its time.
gc.set_threshold(100_000, 50, 100)

# Ctrl-C reaches the whole process group; the parent stops moto itself, in its own order.
signal.signal(signal.SIGINT, signal.SIG_IGN)

short_dynamodb.shorten()
# They stay the same, and moto makes them again in each call.
responses.method_names_from_class = lru_cache(maxsize=None)(method_names_from_class)
responses.camelcase_to_underscores = lru_cache(maxsize=None)(camelcase_to_underscores)
sqs.camelcase_to_underscores = responses.camelcase_to_underscores
# moto goes by way of two dates, for each message that waits, and seven times where a queue's depth is asked for.
sqs.unix_time = time.time
sqs.unix_time_millis = lambda: time.time() * 1000
BaseJSONSerializer._serialize_type_structure = serialize_structure_or_value
IAMBackend._init_aws_policies = aws_policies
sqs.SQSBackend.is_message_valid_based_on_retention_period = is_within_retention_period

application = OneCallAtATime(KeptHosts(create_backend_app))
server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=KeptConnection)
Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.buffer.read()
# Not sys.exit: no clean-up is worth waiting for.
os._exit(0)
