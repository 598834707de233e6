"""Visitors who are slow on purpose: how long the server bears them, and whether others notice."""

import socket
import threading
import time

from meddler import pumping
from rig import Plant, demo
from wire import FORM, Browser, Link

HOST = b"Host: 127.0.0.1\r\n"
# How long a slow visitor may hold a connection, in seconds. The goal is 15; silence is borne for 30 by design.
SILENCE, DRIP = 40, 75


def open_house():
    return demo()


def until_closed(link, limit, drip=b"", pause=1.0):
    """Seconds until the other end closes, with a byte now and then; None where it does not within the limit."""
    began = time.monotonic()
    link.socket.settimeout(pause)
    while time.monotonic() - began < limit:
        try:
            if not link.socket.recv(65536):
                return time.monotonic() - began
        except socket.timeout:
            pass
        except OSError:
            return time.monotonic() - began
        if drip:
            try:
                link.send(drip)
            except OSError:
                return time.monotonic() - began
    return None


def unread(house, limit):
    """Asks for much and reads nothing; seconds until the server lets go."""
    link = Link(house.port, receive=4096)
    request = b"GET /units.csv HTTP/1.1\r\n" + HOST + b"\r\n"
    began = time.monotonic()
    link.socket.settimeout(1)
    while time.monotonic() - began < limit:
        try:
            link.send(request * 20)
        except socket.timeout:
            pass
        except OSError:
            return time.monotonic() - began
        time.sleep(0.2)
    link.close()
    return None


def slow(arm, house):
    """All kinds at once, each on connections of its own."""
    browser = Browser(house).enter(8)
    cookie = f"Cookie: __Host-styrehus={browser.session}\r\n".encode()
    start = b"POST /login HTTP/1.1\r\n" + HOST + b"Content-Type: " + FORM.encode() + b"\r\n"
    kinds = {
        "says nothing": (b"", b"", SILENCE),
        "stops in the head": (b"GET / HTTP/1.1\r\nHo", b"", SILENCE),
        "stops in the body": (start + b"Content-Length: 100\r\n\r\ntoken=", b"", SILENCE),
        "stops in a chunk": (start + b"Transfer-Encoding: chunked\r\n\r\n20\r\nab", b"", SILENCE),
        "drips the head": (b"GET / HTTP/1.1\r\n" + HOST, b"X-A: b\r\n", DRIP),
        "drips a byte of a field": (b"GET / HTTP/1.1\r\n" + HOST + b"X-A: ", b"b", DRIP),
        "drips the body": (start + b"Content-Length: 60000\r\n\r\n", b"a", DRIP),
        "drips chunks": (start + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", DRIP),
        # Of somebody who may load files: half a second for each 32 kB that a file may have, and a minute.
        "drips a file": (b"POST /import/preview HTTP/1.1\r\n" + HOST + cookie + b"Content-Type: multipart/form-data; "
                         b"boundary=x\r\nContent-Length: 1000000\r\n\r\n--x\r\n", b"a", DRIP),
    }
    bound = 8 if arm.is_short else None
    found = {}

    def hold(name, first, drip, limit):
        link = Link(house.port)
        if first:
            link.send(first)
        found[name] = until_closed(link, bound or limit, drip)
        link.close()

    threads = [threading.Thread(target=hold, args=(name, *kind)) for name, kind in kinds.items()]
    threads.append(threading.Thread(target=lambda: found.update({"reads nothing": unread(house, bound
                                                                                         or SILENCE + 20)})))
    # Many who are slow, so that others would notice.
    crowd = [Link(house.port) for _ in range(200 if arm.is_short else 900)]
    for link in crowd:
        link.send(b"GET / HTTP/1.1\r\n")
    for thread in threads:
        thread.start()
    waits = []
    visitor = Browser(house)
    while any(thread.is_alive() for thread in threads):
        began = time.monotonic()
        visitor.get("/login")
        waits.append(time.monotonic() - began)
        time.sleep(0.1)
    for link in crowd:
        link.close()
    waits.sort()
    p99 = waits[int(len(waits) * 0.99)] * 1000 if waits else 9999
    arm.look(p99 < 1000, "others", f"wait {p99:.0f} ms at the 99th percentile")
    arm.note(f"others waited {p99:.0f} ms at the 99th percentile of {len(waits)}, beside {len(crowd)} slow ones")
    for name, seconds in found.items():
        told = "is still open" if seconds is None else f"closed after {seconds:.0f} s"
        arm.note(f"{name}: {told}" + (f" after {bound or 'the bound of'} s" if seconds is None and bound else ""))
        # The short form sees that nobody is harmed; how long each is borne takes the long one.
        arm.look(bound or seconds is not None or name == "drips a file", name,
                 f"the connection is still open after {SILENCE}, {DRIP} s or more")


def silence(arm, house):
    """One silent connection to its end, so that also the short form sees one closed."""
    link = Link(house.port)
    link.send(b"GET / HTTP/1.1\r\nHo")
    seconds = until_closed(link, SILENCE)
    arm.look(seconds is not None, "a silent connection", f"is still open after {SILENCE} s")
    arm.note("closed after " + ("no time" if seconds is None else f"{seconds:.0f} s"))


CHECKS = [
    ("slow heads, bodies and readers (13; V15.2.2)", slow),
    ("a connection that falls silent (13)", silence),
]

PLANTS = [
    Plant("silent connections are never closed", silence, pumping(holds=True), "still open"),
    Plant("everybody waits", slow, pumping(outward=lambda data: (time.sleep(1.2), data)[1]), "others"),
]
