"""What judges our S3 client: moto's server on a free port of loopback, and botocore's signer.

The first line of the output is the port. Then, for each line of the input, a request that was sent, the output has
one line: {"url": …, "authorization": …} as botocore builds and signs the same request. Ends with the input.
"""

import base64
import datetime
import json
import logging
import sys
import threading
from urllib.parse import unquote, urlsplit

import boto3
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.utils import percent_encode, percent_encode_sequence
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.server import MotoRequestHandler
from werkzeug.serving import make_server

OWN_FIELDS = {"authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token"}


def judged(sent):
    """The address and the signature of botocore for a request that was sent."""
    parts = urlsplit(sent["url"])
    # Decoded and encoded again by botocore, the address must be the one that was sent.
    url = f"{parts.scheme}://{parts.netloc}{percent_encode(unquote(parts.path), safe='/~')}"
    if parts.query:
        pairs = [pair.partition("=") for pair in parts.query.split("&")]
        query = [(unquote(name), unquote(value)) for name, _, value in pairs]
        url += "?" + percent_encode_sequence(query)
    time = datetime.datetime.strptime(sent["headers"]["x-amz-date"], "%Y%m%dT%H%M%SZ")
    botocore.auth.get_current_datetime = lambda *_: time
    fields = {name: value for name, value in sent["headers"].items() if name not in OWN_FIELDS}
    request = AWSRequest(sent["method"], url, data=base64.b64decode(sent["body"]), headers=fields)
    keys = Credentials(sent["access_key"], sent["secret_key"], sent.get("token"))
    botocore.auth.S3SigV4Auth(keys, "s3", sent["region"]).add_auth(request)
    return {"url": url, "authorization": request.headers["Authorization"]}


class OneAtATime:
    """moto, one request at a time: it looks for an object and then writes it, which S3 does in one step."""

    def __init__(self):
        self.app = DomainDispatcherApplication(create_backend_app)
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        with self.lock:
            return list(self.app(environ, start_response))


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # its line for each request
    server = make_server("127.0.0.1", 0, OneAtATime(), threaded=True, request_handler=MotoRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host, port = server.server_address[:2]
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    for bucket in sys.argv[1:]:
        client.create_bucket(Bucket=bucket)
    print(port, flush=True)
    for line in sys.stdin:
        print(json.dumps(judged(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
