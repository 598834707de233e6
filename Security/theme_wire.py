"""Requests as no browser sends them: smuggling, hosts, limits of heads and bodies."""

import gzip
import re
import time
import zlib

from meddler import meddling, pumping
from rig import ROOM, Plant, demo
from wire import FORM, Answer, Broken, Browser, Link

HOST = b"Host: 127.0.0.1\r\n"
INNER = b"GET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n"


def open_house():
    return demo()


def post(fields, body, path=b"/login", line=b" HTTP/1.1\r\n"):
    return b"POST " + path + line + HOST + b"Content-Type: " + FORM.encode() + b"\r\n" + fields + b"\r\n" + body


def chunks(body=b""):
    return b"0\r\n\r\n" + body


L = str(len(INNER)).encode()
TE = b"Transfer-Encoding: "
# What a second request could hide in, where two readers disagree about where the first one ends.
VECTORS = {
    "length and chunked": post(b"Content-Length: 5\r\n" + TE + b"chunked\r\n", chunks(INNER)),
    "chunked and length": post(TE + b"chunked\r\nContent-Length: 5\r\n", chunks(INNER)),
    "length 0 and chunked": post(b"Content-Length: 0\r\n" + TE + b"chunked\r\n", chunks(INNER)),
    "whole length and chunked": post(b"Content-Length: " + str(len(INNER) + 5).encode() + b"\r\n" + TE + b"chunked\r\n",
                                     chunks(INNER)),
    "two lengths": post(b"Content-Length: 0\r\nContent-Length: " + L + b"\r\n", INNER),
    "two lengths, larger first": post(b"Content-Length: " + L + b"\r\nContent-Length: 0\r\n", INNER),
    "a list of lengths": post(b"Content-Length: 0, " + L + b"\r\n", INNER),
    "signed length": post(b"Content-Length: +" + L + b"\r\n", INNER),
    "negative length": post(b"Content-Length: -1\r\n", INNER),
    "hexadecimal length": post(b"Content-Length: 0x0\r\n", INNER),
    "length with a point": post(b"Content-Length: 0.0\r\n", INNER),
    "length with a space": post(b"Content-Length: 0 " + L + b"\r\n", INNER),
    "empty length": post(b"Content-Length: \r\n", INNER),
    "huge length": post(b"Content-Length: 99999999999999999999999\r\n", INNER),
    "wrapped length": post(b"Content-Length: 18446744073709551616\r\n", INNER),
    "space before the colon": post(b"Content-Length : " + L + b"\r\n", INNER),
    "xchunked": post(TE + b"xchunked\r\n", chunks(INNER)),
    "chunked twice": post(TE + b"chunked\r\n" + TE + b"chunked\r\nContent-Length: 4\r\n", chunks(INNER)),
    "chunked, identity": post(TE + b"chunked, identity\r\n", chunks(INNER)),
    "identity, chunked": post(TE + b"identity, chunked\r\nContent-Length: 4\r\n", chunks(INNER)),
    "chunked and a space before the colon": post(b"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n",
                                                 chunks(INNER)),
    "tab before chunked": post(TE + b"\tchunked\r\nContent-Length: 5\r\n", chunks(INNER)),
    "vertical tab before chunked": post(TE + b"\x0bchunked\r\nContent-Length: 5\r\n", chunks(INNER)),
    "NUL after chunked": post(TE + b"chunked\x00\r\nContent-Length: 5\r\n", chunks(INNER)),
    "quoted chunked": post(TE + b'"chunked"\r\nContent-Length: 5\r\n', chunks(INNER)),
    "folded chunked": post(b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n", chunks(INNER)),
    "folded in another field": post(b"X-A: b\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", INNER),
    "underscore": post(b"Transfer_Encoding: chunked\r\nContent-Length: " + L + b"\r\n", INNER),
    "bare line feed before chunked": post(b"X-A: b\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                                          chunks(INNER)),
    "bare carriage return before chunked": post(b"X-A: b\rTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                                                chunks(INNER)),
    "chunked over HTTP/1.0": post(TE + b"chunked\r\n", chunks(INNER), line=b" HTTP/1.0\r\n"),
    "HTTP/0.9": b"POST /login\r\n\r\n" + INNER,
    "HTTP/1.10": post(b"Content-Length: 0\r\n", INNER, line=b" HTTP/1.10\r\n"),
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + INNER,
    "two spaces in the line": post(b"Content-Length: " + L + b"\r\n", INNER, line=b"  HTTP/1.1\r\n"),
    "a line feed in the line": post(b"Content-Length: " + L + b"\r\n", INNER, path=b"/login\nHost: x"),
    "bad chunk size": post(TE + b"chunked\r\n", b"zz\r\n" + INNER),
    "signed chunk size": post(TE + b"chunked\r\n", b"+0\r\n\r\n" + INNER),
    "hexadecimal prefix of a chunk": post(TE + b"chunked\r\n", b"0x0\r\n\r\n" + INNER),
    "huge chunk size": post(TE + b"chunked\r\n", b"FFFFFFFFFFFFFFFFF\r\n" + INNER),
    "chunk longer than it says": post(TE + b"chunked\r\n", b"1\r\nabc\r\n0\r\n\r\n" + INNER),
    "chunk ended by line feed": post(TE + b"chunked\r\n", b"1\na\n0\n\n" + INNER),
    "line feed in a chunk's extension": post(TE + b"chunked\r\n", b"1;a=\nb\r\na\r\n0\r\n\r\n" + INNER),
    "space in front of the field": post(b" Content-Length: " + L + b"\r\n", INNER),
    "a field without colon": post(b"Content-Length " + L + b"\r\n", INNER),
    "NUL in a name": post(b"Content\x00-Length: " + L + b"\r\n", INNER),
    "length in a trailer": post(TE + b"chunked\r\n", b"0\r\nContent-Length: 30\r\n\r\n" + INNER),
}


def smuggling(arm, house):
    """One request in, at most one answer to it, and then the line is closed or the second request is plainly its own:
    what stands behind a message whose end is in doubt must never be answered."""
    plain = ("length in a trailer",)
    for name, data in VECTORS.items():
        link = Link(house.port)
        link.send(data)
        answers, is_closed = link.answers(0.25)
        link.close()
        statuses = [answer.status for answer in answers]
        good = answers and answers[0].status in (400, 401, 403, 408, 411, 413, 501, 505)
        # Nobody answered, or all of it was a body: the server waits for more. It does not answer the hidden one.
        waits = not answers and not is_closed
        # What follows an answer may be refused as no request at all, and then the line is closed.
        single = len(answers) <= 1 or is_closed and set(statuses[1:]) == {400}
        if name in plain:
            arm.look(len(answers) <= 2, name, f"{statuses}")
        else:
            arm.look(single and (good or not answers and (waits or is_closed)), name,
                     f"answers {statuses}, closed {is_closed}")
    # The one that is well-formed gives exactly as many answers as requests.
    for count in (1, 2, 5):
        link = Link(house.port)
        link.send((post(b"Content-Length: 3\r\n", b"a=b") + post(TE + b"chunked\r\n",
                                                                 b"3\r\na=b\r\n0\r\n\r\n")) * count)
        answers, _ = link.answers(0.5)
        link.close()
        arm.look(len(answers) == 2 * count, f"{2 * count} requests in a row", f"{len(answers)} answers")


def hosts(arm, house):
    def status(head):
        link = Link(house.port)
        link.send(head)
        answers, _ = link.answers(0.4)
        link.close()
        return answers[0].status if answers else 0
    start = b"GET /units HTTP/1.1\r\n"
    for name, fields, good in (
        ("one", HOST, (200,)), ("none", b"", (400,)), ("empty", b"Host: \r\n", (400,)),
        ("two", HOST + b"Host: evil.example\r\n", (400,)), ("two, ours last", b"Host: evil.example\r\n" + HOST,
                                                            (400, 421)),
        ("two alike", HOST + HOST, (400,)), ("foreign", b"Host: evil.example\r\n", (421,)),
        ("ours as user", b"Host: localhost@evil.example\r\n", (400, 421)),
        ("ours in front", b"Host: localhost.evil.example\r\n", (421,)),
        ("ours behind", b"Host: evil-localhost\r\n", (421,)),
        ("list", b"Host: localhost, evil.example\r\n", (400, 421)),
        ("port of letters", b"Host: localhost:evil\r\n", (400, 421)), ("space", b"Host: local host\r\n", (400, 421)),
        ("number of another base", b"Host: 0x7f.1\r\n", (400, 421)), ("tab", b"Host: localhost\tevil\r\n", (400, 421)),
        ("NUL", b"Host: localhost\x00.evil\r\n", (400, 421)),
    ):
        got = status(start + fields + b"\r\n")
        arm.look(got in good, f"host: {name}", f"{got}")
    for target in (b"http://evil.example/units", b"//evil.example/units", b"*", b"evil.example:443"):
        link = Link(house.port)
        link.send(b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"\r\n")
        answers, _ = link.answers(0.4)
        link.close()
        arm.look(answers and answers[0].status in (200, 303, 400, 404, 421) and b"evil.example/" not in str(
            answers[0].location).encode(), f"target {target.decode()}", f"{[answer.status for answer in answers]}")


def limits(arm, house):
    before = house.memory
    for name, head, good in (
        ("a line of 16 kB", b"GET /" + b"a" * 16_000 + b" HTTP/1.1\r\n" + HOST, (404, 414, 400, 431)),
        ("a line of 1 MB", b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HOST, (0, 414, 400, 431)),
        ("a line of 20 MB", b"GET /" + b"a" * 20_000_000 + b" HTTP/1.1\r\n" + HOST, (0, 414, 400, 431)),
        ("a field of 1 MB", b"GET / HTTP/1.1\r\n" + HOST + b"X-A: " + b"a" * 1_000_000 + b"\r\n", (0, 400, 431)),
        ("a name of 1 MB", b"GET / HTTP/1.1\r\n" + HOST + b"a" * 1_000_000 + b": b\r\n", (0, 400, 431)),
        ("100,000 fields", b"GET / HTTP/1.1\r\n" + HOST + b"X-A: bbbbbbbbbb\r\n" * 100_000, (0, 400, 431)),
        ("100,000 empty fields", b"GET / HTTP/1.1\r\n" + HOST + b"a:\r\n" * 100_000, (0, 400, 431)),
        ("10,000 cookies", b"GET / HTTP/1.1\r\n" + HOST + b"Cookie: a=b\r\n" * 10_000, (0, 400, 431)),
    ):
        got = statuses_of(house, head + b"\r\n")
        arm.look((got[0] if got else 0) in good and len(got) < 2, name, f"{got}")
    grown = house.memory - before
    arm.look(grown < 40_000_000, "memory", f"grew by {grown >> 20} MB")
    arm.note(f"memory grew by {grown / 1048576:.1f} MB")
    arm.look(Browser(house).get("/health/live").status == 200, "after it", "the server does not answer")


def statuses_of(house, data):
    link = Link(house.port)
    try:
        link.send(data)
    except OSError:
        pass
    answers, _ = link.answers(1)
    link.close()
    return [answer.status for answer in answers]


def pour(house, head, piece, most, seconds=20):
    """Sends a body piece by piece until the server has had enough; how much it took until it answered, and
    what."""
    link = Link(house.port)
    link.send(head)
    link.socket.setblocking(False)
    sent, end, status, rest = 0, time.monotonic() + seconds, None, piece
    while time.monotonic() < end and sent < most and status is None:
        try:
            done = link.socket.send(rest)
            sent, rest = sent + done, rest[done:] or piece
        except BlockingIOError:
            time.sleep(0.005)
        except OSError:
            break
        try:
            data = link.socket.recv(4096)
            found = re.match(rb"HTTP/1.1 (\d+)", data)
            status = int(found.group(1)) if found and not status else status
            if not data:
                break
        except BlockingIOError:
            pass
        except OSError:
            break
    link.close()
    return sent, status


def bodies(arm, house):
    browser = Browser(house).enter(8)
    cookie = f"Cookie: __Host-styrehus={browser.session}\r\n".encode()
    files = sorted(str(path) for path in ROOM.rglob("*"))
    before = house.memory
    piece, piece_chunk = b"a" * 65536, b"10000\r\n" + b"a" * 65536 + b"\r\n"
    most = 64 << 20
    for path, limit in ((b"/login", 64 << 10), (b"/import/preview", 33 << 20), (b"/no-such-page", 0), (b"/units", 0)):
        for kind in (FORM.encode(), b"multipart/form-data; boundary=x"):
            start = b"POST " + path + b" HTTP/1.1\r\n" + HOST + cookie + b"Content-Type: " + kind + b"\r\n"
            where = f"{path.decode()} {kind.decode()[:12]}"
            sent, status = pour(house, start + b"Content-Length: 10000000000\r\n\r\n", piece, most)
            arm.look(status in (401, 403, 404, 405, 413) and sent <= limit + (8 << 20), where + " true length",
                     f"{status} after {sent >> 10} kB")
            sent, status = pour(house, start + b"Transfer-Encoding: chunked\r\n\r\n", piece_chunk, most)
            arm.look(status in (400, 401, 403, 404, 405, 413) and sent <= limit + (8 << 20), where + " endless chunks",
                     f"{status} after {sent >> 10} kB")
        # More bytes than the length says are another request, and no part of this one.
        got = statuses_of(house,
                          b"POST " + path + b" HTTP/1.1\r\n" + HOST + cookie + b"Content-Length: 3\r\n\r\n"
                          + b"a=b" * 9)
        arm.look(len(got) <= 2 and (len(got) < 2 or got[1] == 400), where + " more than it says", f"{got}")
    grown = house.memory - before
    arm.look(grown < 160 << 20, "memory", f"grew by {grown >> 20} MB")
    arm.note(f"memory grew by {grown >> 20} MB while bodies of up to {most >> 20} MB were poured in")
    left = [path for path in sorted(str(path) for path in ROOM.rglob("*")) if path not in files]
    arm.look(not left, "files", f"left behind: {left}")
    arm.look(house.is_alive and Browser(house).get("/health/live").status == 200, "after it", "the server is gone")


def compressed(arm, house):
    """A body that would unpack to three hundred megabytes: nothing is unpacked."""
    browser, before = Browser(house).enter(8), house.memory
    bomb = gzip.compress(b"token=" + b"a" * (300 << 20), 9) if not arm.is_short else gzip.compress(b"a" * (30 << 20))
    for coding, body in (("gzip", bomb), ("deflate", zlib.compress(b"a" * (30 << 20))), ("br", bomb[:1000])):
        for path in ("/login", "/import/preview"):
            answer = browser.ask("POST", path, body, FORM, [("Content-Encoding", coding)])
            arm.look(answer.status in (400, 403, 413, 415), f"{path} {coding}", f"{answer.status}")
    grown = house.memory - before
    arm.look(grown < 50 << 20, "memory", f"grew by {grown >> 20} MB")


CHECKS = [
    (f"smuggling, {len(VECTORS)} vectors (12; V4.2.1)", smuggling),
    ("hosts (11)", hosts),
    ("limits of heads (14)", limits),
    ("bodies: too large, lying, endless (15; V5.2.1)", bodies),
    ("compressed bodies (16)", compressed),
]


def lose(pattern):
    """A reader that overlooks a field: what it stood for becomes another's business."""
    return pumping(inward=lambda data: re.sub(pattern, b"X: y\r\n", data))


def first_host(data):
    """Reads the first Host, and none is its own."""
    lines = data.split(b"\r\n")
    hosts_seen = [line for line in lines if line.lower().startswith(b"host:")]
    kept = hosts_seen[:1] or [b"Host: localhost"]
    return b"\r\n".join([lines[0], kept[0], *[line for line in lines[1:] if not line.lower().startswith(b"host:")]])


def swallow(asked):
    """Takes every body to its end and answers as if all were well."""
    return Answer(200, [("Content-Length", "0")], b"") if asked.get("Content-Encoding") else None


PLANTS = [
    Plant("Transfer-Encoding is overlooked", smuggling, lose(rb"(?i)Transfer-Encoding: chunked\r\n"), "length"),
    Plant("Content-Length is overlooked beside chunks", smuggling, lose(rb"Content-Length: 5\r\n"), "chunked"),
    Plant("of two lengths the first counts", smuggling, pumping(inward=lambda data: re.sub(
        rb"(Content-Length: \d+\r\n)Content-Length: \d+\r\n", rb"\1", data)), "two lengths"),
    Plant("a malformed request is answered with 200", smuggling, pumping(outward=lambda data: data.replace(
        b"HTTP/1.1 400", b"HTTP/1.1 200")), "answers [200"),
    Plant("the first of two hosts counts, and none is needed", hosts, pumping(inward=first_host), "host:"),
    Plant("foreign hosts are served", hosts, pumping(inward=lambda data: data.replace(
        b"Host: evil.example", b"Host: localhost")), "foreign"),
    Plant("long heads are answered", limits, pumping(outward=lambda data: re.sub(
        rb"HTTP/1.1 4(00|14|31)", b"HTTP/1.1 200", data)), "MB"),
    Plant("a body is taken to its end before it is refused", bodies, pumping(outward=lambda data: (time.sleep(
        0.4), data)[1]), "after"),
    Plant("bodies are unpacked", compressed, meddling(ask=swallow), "gzip"),
]
