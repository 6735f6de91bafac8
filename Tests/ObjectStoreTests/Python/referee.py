"""What judges our S3 client: moto's server on a free port of loopback, and botocore's signer.

The first line of the output is the port. Then, for each line of the input, a request that was sent, the output has
one line: {"url": …, "authorization": …} as botocore builds and signs the same request. Ends with the input.
"""

import base64
import datetime
import json
import logging
import sys
from urllib.parse import unquote, urlsplit

import boto3
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.utils import percent_encode, percent_encode_sequence
from moto.server import ThreadedMotoServer

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


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # its line for each request
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
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
