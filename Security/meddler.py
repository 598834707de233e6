"""A proxy in front of the server that plants faults: in what is asked, in what is answered, or in the bytes."""

import socket
import threading
from contextlib import contextmanager

from wire import Answer, Broken, Link


class Asked:
    """A request on its way."""

    def __init__(self, method, target, fields, body):
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body

    @property
    def path(self):
        return self.target.split("?")[0]

    def get(self, name, default=""):
        return next((value for field, value in self.fields if field.lower() == name.lower()), default)

    def set(self, name, value):
        """Sets a field, or takes it away."""
        self.fields = [pair for pair in self.fields if pair[0].lower() != name.lower()]
        if value is not None:
            self.fields.append((name, value))

    def with_body(self, body):
        self.body = body
        self.set("Content-Length", str(len(body)))

    def packed(self):
        head = f"{self.method} {self.target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name,
                                                                     value in self.fields)
        return head.encode("latin-1") + b"\r\n" + self.body


class Door:
    """Listens on a port of its own, in front of a house; `wait` takes whoever comes."""

    def listen(self):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(256)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.wait, daemon=True).start()

    def close(self):
        self.listener.close()


class Meddler(Door):
    """Passes requests on, each whole. `ask` may change one or answer it itself, `answer` may change what comes back."""

    def __init__(self, house, ask=None, answer=None):
        self.house = house
        self.ask = ask or (lambda asked: None)
        self.change = answer or (lambda asked, answer: None)
        self.listen()

    def wait(self):
        while True:
            try:
                connection, peer = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection, peer[0]), daemon=True).start()

    def serve(self, connection, peer):
        inner = None
        try:
            outer = Link.__new__(Link)
            outer.socket, outer.rest = connection, b""
            connection.settimeout(60)
            inner = Link(self.house.port, peer)
            while True:
                asked = self.request(outer)
                own = self.ask(asked)
                if isinstance(own, Answer):
                    connection.sendall(own.packed())
                    continue
                inner.send(asked.packed())
                answer = inner.answer(is_head=asked.method == "HEAD")
                if answer.get("Transfer-Encoding"):
                    answer.fields = [pair for pair in answer.fields if pair[0].lower() != "transfer-encoding"]
                    answer.fields.append(("Content-Length", str(len(answer.body))))
                changed = self.change(asked, answer) or answer
                connection.sendall(changed.packed())
                if "close" in answer.get("Connection").lower():
                    return
        except (OSError, Broken, ValueError):
            pass
        finally:
            connection.close()
            if inner:
                inner.close()

    @staticmethod
    def request(link):
        while b"\r\n\r\n" not in link.rest:
            link.more()
        head, link.rest = link.rest.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        fields = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines[1:])]
        asked = Asked(method, target, fields, b"")
        length = int(asked.get("Content-Length", "0"))
        while len(link.rest) < length:
            link.more()
        asked.body, link.rest = link.rest[:length], link.rest[length:]
        return asked


class Pump(Door):
    """Passes bytes on as they come. `inward` and `outward` may change them; one that `holds` never closes on a
    visitor, and takes whatever comes."""

    def __init__(self, house, inward=None, outward=None, holds=False):
        self.house = house
        self.inward = inward or (lambda data: data)
        self.outward = outward or (lambda data: data)
        self.holds = holds
        self.listen()

    def wait(self):
        while True:
            try:
                connection, peer = self.listener.accept()
                inner = Link(self.house.port, peer[0], patience=90)
            except OSError:
                return
            connection.settimeout(90)
            self.pass_on(connection, inner.socket, self.inward)
            self.pass_on(inner.socket, connection, self.outward)

    def pass_on(self, one, other, change):
        def work():
            try:
                while True:
                    data = one.recv(65536)
                    if not data:
                        break
                    try:
                        other.sendall(change(data))
                    except OSError:
                        if not self.holds:
                            raise
            except OSError:
                pass
            if not self.holds:
                for end in (one, other):
                    try:
                        end.shutdown(socket.SHUT_RDWR)
                    except OSError:
                        pass
        threading.Thread(target=work, daemon=True).start()


def meddling(ask=None, answer=None):
    """A context with a meddler in front of a house."""
    @contextmanager
    def make(house):
        meddler = Meddler(house, ask, answer)
        try:
            yield house.through(meddler.port)
        finally:
            meddler.close()
    return make


def pumping(**options):
    """A context with a pump in front of a house."""
    @contextmanager
    def make(house):
        pump = Pump(house, **options)
        try:
            yield house.through(pump.port)
        finally:
            pump.close()
    return make
