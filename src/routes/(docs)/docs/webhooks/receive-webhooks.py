# receive.py: run it with `python3 receive.py` in Cashdesk's folder, where the demo's keys are.
import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, HTTPServer

with open("data/demo.json", encoding="utf-8") as file:
    keys = json.load(file)


# The secret's bytes: base64 after whsec_, else the text as it is.
def key_of(secret):
    return base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()


def is_genuine(secret, headers, body):
    id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    signed = f"{id}.{timestamp}.".encode() + body
    digest = hmac.new(key_of(secret), signed, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    is_fresh = timestamp.isdigit() and abs(time.time() - int(timestamp)) < 300
    signatures = headers.get("webhook-signature", "").encode().split(b" ")
    return is_fresh and any(hmac.compare_digest(one, expected) for one in signatures)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # The bytes as they came: a body that was parsed and written again may differ.
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        # One address for each API: /cashier, /charges, /checkout.
        api = keys.get(self.path[1:])
        taken = isinstance(api, dict) and is_genuine(api["webhook_secret"], self.headers, body)
        if taken:
            print(json.loads(body), flush=True)
        self.send_response(204 if taken else 401)
        self.end_headers()


HTTPServer(("127.0.0.1", int(os.environ.get("PORT", 4000))), Receiver).serve_forever()
