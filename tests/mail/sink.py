"""A mail server of about fifty lines: takes what it is sent, refuses what it is told to, and can be killed."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage


class Session(socketserver.StreamRequestHandler):
    server: "Sink"

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("220 sink")
        recipients: list[str] = []
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                address = line.split(b"<")[1].split(b">")[0].decode()
                if address in self.server.refused:
                    self.say("550 nobody here")
                    continue
                recipients.append(address)
            if verb == b"DATA":
                self.say("354 go on")
                raw = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    raw += part
                if self.server.die_before_answer:
                    return
                self.server.keep(recipients, raw)
                recipients = []
            if verb == b"QUIT":
                return self.say("221 bye")
            self.say("250 ok")
        return None


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Session)
        self.port: int = self.server_address[1]
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.refused: set[str] = set()
        self.die_before_answer = False
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def keep(self, recipients: list[str], raw: bytes) -> None:
        self.mails.append((recipients, message_from_bytes(raw, policy=policy.default)))

    def kill(self) -> None:
        self.shutdown()
        self.server_close()
