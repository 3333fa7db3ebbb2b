"""A real SMTP server that keeps what it is sent and answers as a test scripts it."""

import asyncio
import collections
import email
import email.policy
import logging
import threading

from aiosmtpd.smtp import SMTP, AuthResult

from .wait import LONG_ENOUGH

Delivered = collections.namedtuple("Delivered", "sender recipients raw mail")

logging.getLogger("mail").setLevel(logging.CRITICAL)   # aiosmtpd tells of what a test does on purpose

HANG_UP = object()   # as an answer: the connection ends without one


class Sink:
    """`answers["RCPT"]`, `answers["DATA"]`, `answers["MAIL"]`: replies to give next, then 250 again."""

    def __init__(self, tls=None, password="secret", ident=None):
        self.ident = ident   # in the greeting; None: the server's name
        self.delivered = []
        self.answers = collections.defaultdict(list)
        self.logins = []
        self.sessions = []
        self.password = password.encode()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        server = asyncio.run_coroutine_threadsafe(self.listen(tls), self.loop).result(LONG_ENOUGH)
        self.server, self.port = server, server.sockets[0].getsockname()[1]

    async def listen(self, tls):
        def session():
            self.sessions.append(SMTP(self, hostname="sink.example", ident=self.ident, authenticator=self.authenticate, auth_require_tls=False,
                                      enable_SMTPUTF8=True, loop=self.loop))
            return self.sessions[-1]
        return await self.loop.create_server(session, "127.0.0.1", 0, ssl=tls)

    def authenticate(self, _server, _session, _envelope, _mechanism, data):
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password == self.password, handled=False)

    async def answer(self, server, step, otherwise):
        reply = self.answers[step].pop(0) if self.answers[step] else otherwise
        if reply is HANG_UP:
            server.transport.abort()
            return "421 gone"
        return reply

    async def handle_MAIL(self, server, session, envelope, address, options):
        reply = await self.answer(server, "MAIL", "250 2.1.0 OK")
        if reply.startswith("2"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return reply

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = await self.answer(server, "RCPT", "250 2.1.5 OK")
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):
        scripted = bool(self.answers["DATA"])
        reply = await self.answer(server, "DATA", "250 2.0.0 accepted")
        if not scripted or reply.startswith("2"):
            self.delivered.append(Delivered(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content,
                                            email.message_from_bytes(envelope.original_content,
                                                                     policy=email.policy.default)))
        return reply

    def hang_up(self):
        """Ends every connection that is open."""
        async def end():
            for session in self.sessions:
                if session.transport:
                    session.transport.abort()
            self.sessions.clear()
        asyncio.run_coroutine_threadsafe(end(), self.loop).result(30)

    def stop(self):
        asyncio.run_coroutine_threadsafe(self.end(), self.loop).result(LONG_ENOUGH)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(LONG_ENOUGH)
        self.loop.close()

    async def end(self):
        self.server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
