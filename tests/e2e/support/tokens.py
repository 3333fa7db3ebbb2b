"""OAuth2 on loopback: who gives tokens out and says which are good, a Dovecot that asks it, and a server for
sending that does, too."""

import base64
import http.server
import json
import pathlib
import threading
import urllib.parse

from aiosmtpd.smtp import AuthResult

from .dovecot import CONFIG, Dovecot
from .sink import Sink


class Authority:
    """Says of a token whether it is good (RFC 7662), and prints a new one into `file` when asked to."""

    def __init__(self):
        self.good = {}     # token -> user
        self.asked = []    # tokens, in order
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
                token = (query.get("token") or [self.headers.get("Authorization", "").removeprefix("Bearer ")])[0]
                authority.asked.append(token)
                user = authority.good.get(token)
                body = json.dumps({"active": True, "username": user, "scope": "mail"} if user else {"active": False}).encode()
                self.send_response(200 if user else 401)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(30)


class TokenDovecot(Dovecot):
    """The usual one, which takes XOAUTH2 and OAUTHBEARER as well. (Its own password goes on serving the test.)"""

    def __init__(self, authority):
        self.authority = authority
        super().__init__()

    def config(self):
        (self.folder / "oauth2.conf").write_text(
            f"tokeninfo_url = http://127.0.0.1:{self.authority.port}/tokeninfo?token=\n"
            f"introspection_url = http://127.0.0.1:{self.authority.port}/introspect\n"
            "introspection_mode = auth\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n")
        return CONFIG.replace("auth_mechanisms = plain login", "auth_mechanisms = plain login xoauth2 oauthbearer") + """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {d}/oauth2.conf
}}
"""


class TokenSink(Sink):
    """Takes nothing but tokens that the authority calls good."""

    def __init__(self, authority):
        self.authority = authority
        super().__init__()

    def is_good(self, user, token):
        """As the test's Dovecot does, whose users have no domain."""
        return self.authority.good.get(token) == user.split("@")[0]

    async def said(self, server, words):
        """What the client says, with the command or after it."""
        if len(words) > 1:
            return base64.b64decode(words[1]).decode().split("\x01")
        return (await server.challenge_auth(b"", encode_to_b64=False)).decode().split("\x01")

    async def auth_XOAUTH2(self, server, words):
        said = await self.said(server, words)
        user, token = said[0].removeprefix("user="), said[1].removeprefix("auth=Bearer ")
        self.logins.append(user)
        return AuthResult(success=self.is_good(user, token), handled=False)

    async def auth_OAUTHBEARER(self, server, words):
        said = await self.said(server, words)
        user = said[0].split("a=")[1].rstrip(",")
        token = next(part for part in said if part.startswith("auth=")).removeprefix("auth=Bearer ")
        self.logins.append(user)
        return AuthResult(success=self.is_good(user, token), handled=False)


class Helper:
    """The command of `token =`: prints what lies in a file, and writes down that it was asked."""

    def __init__(self, folder):
        self.token = pathlib.Path(folder) / "token"
        self.count = pathlib.Path(folder) / "asked"
        self.count.write_text("")
        self.command = f"printf x >>{self.count}; cat {self.token}"

    def give(self, token):
        self.token.write_text(token + "\n")

    def asked(self):
        return len(self.count.read_text())
