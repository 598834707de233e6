"""A client that sends what it is told to, byte for byte, and a browser on top of it."""

import re
import secrets
import socket
import time
import urllib.parse


class Broken(Exception):
    """The connection ended without a whole answer."""


class Answer:
    def __init__(self, status, fields, body, is_closed=False):
        self.status = status
        self.fields = fields
        self.body = body
        self.is_closed = is_closed

    def all(self, name):
        return [value for field, value in self.fields if field.lower() == name.lower()]

    def get(self, name, default=""):
        values = self.all(name)
        return values[0] if values else default

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def location(self):
        return self.get("Location")

    def hidden(self, name):
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', self.text) or re.search(
            rf'value="([^"]*)"[^>]*name="{name}"', self.text)
        return found.group(1) if found else ""

    def packed(self):
        """The answer as bytes, for a meddler to pass on."""
        head = f"HTTP/1.1 {self.status} X\r\n" + "".join(f"{name}: {value}\r\n" for name, value in self.fields)
        return head.encode("latin-1") + b"\r\n" + self.body


class Link:
    """A connection, from an address of this machine's own where one is named."""

    def __init__(self, port, source=None, patience=10, receive=None):
        self.socket = socket.socket()
        if receive:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        if source:
            self.socket.bind((source, 0))
        self.socket.settimeout(patience)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect(("127.0.0.1", port))
        self.rest = b""

    def send(self, data):
        self.socket.sendall(data)

    def close(self):
        self.socket.close()

    def more(self):
        data = self.socket.recv(65536)
        if not data:
            raise Broken("closed")
        self.rest += data

    def answer(self, is_head=False):
        """The next answer."""
        try:
            while b"\r\n\r\n" not in self.rest:
                self.more()
            head, self.rest = self.rest.split(b"\r\n\r\n", 1)
            lines = head.decode("latin-1").split("\r\n")
            found = re.match(r"HTTP/1\.[01] (\d{3})", lines[0])
            if not found:
                raise Broken(f"no status line: {lines[0][:60]}")
            status = int(found.group(1))
            fields = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines[1:])]
            answer = Answer(status, fields, b"")
            answer.body = b"" if is_head or status in (204, 304) or status < 200 else self.body(answer)
            return answer
        except OSError as error:
            raise Broken(str(error)) from error

    def body(self, answer):
        if "chunked" in answer.get("Transfer-Encoding").lower():
            whole = b""
            while True:
                while b"\r\n" not in self.rest:
                    self.more()
                size, self.rest = self.rest.split(b"\r\n", 1)
                length = int(size.split(b";")[0], 16)
                while len(self.rest) < length + 2:
                    self.more()
                whole, self.rest = whole + self.rest[:length], self.rest[length + 2:]
                if length == 0:
                    return whole
        length = int(answer.get("Content-Length", "0"))
        while len(self.rest) < length:
            self.more()
        body, self.rest = self.rest[:length], self.rest[length:]
        return body

    def answers(self, quiet=0.4, limit=10):
        """Every answer until nothing more comes for a moment, and whether the connection was closed."""
        self.socket.settimeout(quiet)
        data, end, is_closed = self.rest, time.monotonic() + limit, False
        while time.monotonic() < end:
            try:
                more = self.socket.recv(65536)
                if not more:
                    is_closed = True
                    break
                data += more
            except socket.timeout:
                break
            except OSError:
                is_closed = True
                break
        found = []
        self.rest = data
        self.socket.settimeout(0.1)
        while self.rest:
            try:
                found.append(self.answer())
            except Broken:
                break
        return found, is_closed


def multipart(fields, files):
    """A form with files as bytes, and its type; a file is a name and its content."""
    edge = "edge-" + secrets.token_hex(8)
    parts = b""
    for field, value in fields.items():
        parts += f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
    for field, (name, content) in files.items():
        name = name.replace('"', "%22")
        parts += (f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
                  "Content-Type: text/csv\r\n\r\n").encode() + content + b"\r\n"
    return parts + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


FORM = "application/x-www-form-urlencoded"


def fresh_key():
    return secrets.token_hex(16)


class Browser:
    """Somebody with cookies and one connection."""

    def __init__(self, house, source=None, language="en"):
        self.house = house
        self.port = house.port
        self.source = source
        self.cookies = {"__Host-language-styrehus": language}
        self.token = ""
        self.link = None

    @property
    def session(self):
        return self.cookies.get("__Host-styrehus", "")

    def ask(self, method, path, body=None, kind=None, headers=(), keeps=True):
        """Asks; a connection that was closed meanwhile is opened once more."""
        if isinstance(body, str):
            body = body.encode()
        lines = [f"{method} {path} HTTP/1.1"]
        fields = dict(headers)
        fields.setdefault("Host", f"127.0.0.1:{self.port}")
        if self.cookies:
            fields.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if body is not None:
            fields.setdefault("Content-Length", str(len(body)))
            if kind:
                fields.setdefault("Content-Type", kind)
        lines += [f"{name}: {value}" for name, value in fields.items()]
        data = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8") + (body or b"")
        for turn in (0, 1):
            isfresh = self.link is None
            try:
                if isfresh:
                    self.link = Link(self.port, self.source)
                self.link.send(data)
                answer = self.link.answer(is_head=method == "HEAD")
                break
            except (Broken, OSError) as error:
                self.close()
                if isfresh or turn:
                    raise Broken(f"{method} {path[:80]}: {error}") from error
        if "close" in answer.get("Connection").lower() or fields.get("Connection") == "close":
            self.close()
        if keeps:
            for cookie in answer.all("Set-Cookie"):
                name, _, value = cookie.split(";")[0].partition("=")
                if value:
                    self.cookies[name] = value
                else:
                    self.cookies.pop(name, None)
        return answer

    def close(self):
        if self.link:
            self.link.close()
        self.link = None

    def get(self, path, **headers):
        return self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path, fields=None, files=None, headers=(), bare=False):
        """Sends a form with the token and a fresh key; `bare` sends just the fields."""
        whole = dict(fields or {}) if bare else {"token": self.token, "key": fresh_key(), **(fields or {})}
        if files:
            body, kind = multipart(whole, files)
        else:
            body, kind = urllib.parse.urlencode(whole), FORM
        return self.ask("POST", path, body, kind, headers)

    def knock(self):
        """Opens the page of the door, for a stranger's token."""
        self.token = self.get("/login").hidden("token")
        return self

    def enter(self, person):
        """Signs in as one of the demo's people."""
        self.knock()
        answer = self.post("/login/demo", {"person": person, "next": "/"})
        if answer.status != 303:
            raise RuntimeError(f"person {person} did not get in: {answer.status}")
        return self.settle()

    def sign_in(self, user, password):
        """Signs in with a password; the answer."""
        self.knock()
        answer = self.post("/login", {"user": user, "password": password, "next": "/"})
        if answer.status == 303:
            self.settle()
        return answer

    def settle(self):
        """Learns the session's own token."""
        self.token = self.get("/me").hidden("token") or self.get("/login").hidden("token")
        return self

    def twin(self):
        """Another browser with the same cookies and token."""
        other = Browser(self.house, self.source)
        other.cookies, other.token = dict(self.cookies), self.token
        return other


def shown(answer):
    """What a person reads in the main part of a page."""
    main = answer.text.split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(re.sub("<[^>]*>", " ", "<main" + main).split())
