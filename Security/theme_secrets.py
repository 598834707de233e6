"""What is secret stands nowhere: no log, no database file, no list of processes; and nobody writes into the log."""

import json
import re
import secrets
import urllib.parse
from contextlib import contextmanager
from pathlib import Path

from accounts import GOOD, accept, enter, furnished, invite
from rig import Plant, free_port
from wire import Browser, Link

WORD = "kanariefuglen synger " + secrets.token_hex(6)
WRONG = "forkert kanarie " + secrets.token_hex(6)
CIVIL = "010190-" + str(1000 + secrets.randbelow(9000))


def open_house():
    house, administrator = furnished("--log-level", "debug")
    house.administrator = administrator
    return house


def keeper(house):
    browser = Browser(house)
    browser.cookies, browser.token = dict(house.administrator.cookies), house.administrator.token
    return browser


def lived(house):
    """Lives with secrets for a while; gives each by its name."""
    administrator = keeper(house)
    person = enter(house, administrator, "Kanarie", "auditor")
    secret = invite(administrator, person)
    late = invite(administrator, enter(house, administrator, "Anden"))
    accept(house, secret, "kanarie" + secrets.token_hex(3), WORD)
    user = house.select("SELECT user_name FROM login_account ORDER BY changed_at DESC, rowid DESC LIMIT 1")[0][0]
    # Wrong ones are as secret: they are often right elsewhere, or the right one with a letter too many.
    Browser(house, "127.5.5.5").sign_in(user, WRONG)
    Browser(house, "127.5.5.6").sign_in(WRONG + "x", WORD)
    visitor = Browser(house)
    visitor.sign_in(user, WORD)
    query, agent, referer = ("canary" + secrets.token_hex(8) for _ in range(3))
    for path in ("/", "/units", "/audit", "/me", "/me/data.json", "/people", "/nothing", "/units/%ff"):
        visitor.ask("GET", f"{path}?cpr={CIVIL}&q={query}", headers=[
            ("User-Agent", agent), ("Referer", f"http://x/{referer}"), ("Authorization", "Bearer " + query)])
    visitor.get(f"/{query}/{CIVIL}")
    visitor.post("/people/enter", {"name": query}, headers=[("X-Request-Id", CIVIL)])
    # What cannot be read is not told either.
    visitor.ask("POST", "/login", f"password={WRONG}&%zz=%".encode(), "application/x-www-form-urlencoded")
    visitor.post("/import/preview", {"kind": "ledger", "year": "2026", "profile": "native"}, {
        "file": (query + ".csv", f"CPR;Beløb\n{CIVIL};1\n".encode())})
    link = Link(house.port)
    link.send(f"GET /{query} HTTP/1.1\r\nHost: x\r\nCookie: {query}\x00\r\n\r\n".encode())
    link.answers(0.3)
    link.close()
    return {
        "a password": WORD, "a wrong password": WRONG, "a session's cookie": visitor.session,
        "a form's token": visitor.token,
        "a used invitation": secret, "an open invitation": late, "a civil registration number": CIVIL, "a query": query,
        "a browser's name": agent, "where somebody came from": referer}


# Whose place is in the database: nothing of these is. The token of a session's forms stands there, and is of use
# only together with the session's cookie, which does not.
NEVER_STORED = ("a password", "a wrong password", "a session's cookie", "a used invitation",
                "an open invitation", "a civil registration number", "a browser's name", "where somebody came from")


def forms_of(value):
    """A secret as it may be written."""
    return {value, urllib.parse.quote(value), urllib.parse.quote_plus(value), value.encode().hex(),
            json.dumps(value)[1:-1]}


def canaries(arm, house):
    known = lived(house)
    log = log_of(house)
    arm.look(len(log.splitlines()) > 30, "the log", "tells nothing, so nothing was looked at")
    base = house.base
    lists = ""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            lists += (process / "cmdline").read_bytes().decode(errors="replace") + "\n"
            if process.name == str(base.process.pid):
                lists += (process / "environ").read_bytes().decode(errors="replace")
        except OSError:
            pass
    lists += getattr(house, "planted_process", "")
    files = {path.name: path.read_bytes() for path in base.folder.iterdir() if path.name != "log"}
    arm.look(any(name.endswith("-wal") for name in files), "files", "no log of the database beside it")
    metrics = Browser(house).get("/metrics").text
    for name, value in known.items():
        for form in forms_of(value):
            arm.look(form not in log, "the log", f"holds {name}")
            arm.look(form not in lists, "the list of processes", f"holds {name}")
            arm.look(form not in metrics, "/metrics", f"holds {name}")
            if name in NEVER_STORED:
                for file, content in files.items():
                    arm.look(form.encode() not in content, f"the database ({file.split('.')[-1]})", f"holds {name}")
    # Nobody else on the machine reads the files.
    for path in base.folder.iterdir():
        if path.name != "log":
            arm.look(path.stat().st_mode & 0o077 == 0, path.name, f"can be read by others: {oct(path.stat().st_mode)}")
    # Pages do not say them again.
    browser = keeper(house)
    for path in ("/people", "/me", "/me/data.json", "/people/2/data.json", "/audit"):
        text = browser.get(path).text
        for name in ("a password", "a session's cookie", "a used invitation", "an open invitation"):
            arm.look(known[name] not in text and "scrypt:" not in text, path, f"shows {name} or a hash")


def log_of(house):
    return getattr(house, "planted_log", "") + house.log


def lines(arm, house):
    """Every line of the log is one, whatever visitors send (54; V16.4.1)."""
    browser, marks = Browser(house), []
    for piece in ('%0a{"level":"error","message":"FORGED"}', "%0d%0aFORGED", "%1b[2JFORGED",
                  '","message":"FORGED","x":"',
                  "%00FORGED", "%e2%80%a8FORGED", "%5cnFORGED", "%08%08FORGED"):
        raw = urllib.parse.quote(piece, safe="%")
        for path in (f"/{raw}", f"/units/{raw}/postings", f"/login?next={raw}", f"/units?q={raw}"):
            browser.get(path)
        browser.ask("GET", "/", headers=[("X-Request-Id", urllib.parse.unquote(piece).replace("\r", " ").replace("\n",
                                                                                                                 " "))])
        door = Browser(house, f"127.4.4.{len(marks) + 1}").knock()
        door.post("/login", {"user": urllib.parse.unquote(piece), "password": "FORGED", "next": "/"})
        marks.append(piece)
    count = 0
    for line in log_of(house).splitlines():
        if line.startswith("{") or "FORGED" in line:
            count += 1
            try:
                entry = json.loads(line)
                arm.look("FORGED" not in str(entry.get("message")), "the log", f"a forged line: {line}")
            except ValueError:
                arm.look(False, "the log", f"a broken line: {line}")
            arm.look(not re.search("[\x00-\x08\x0b-\x1f\x7f]", line), "the log", f"control letters: {line!r}")
    arm.look(count > 20, "the log", "tells nothing")


CHECKS = [
    ("secrets in log, database, processes, pages (53; V16.2.5, V14.2.1, V13.3.1)", canaries),
    ("forged lines of the log (54; V16.4.1)", lines),
]


@contextmanager
def telling(house):
    """A log that tells of the whole request."""
    planted = house.through(house.port)
    planted.planted_log = f'{{"level":"debug","body":"{WORD}","path":"/?q={CIVIL}"}}\n'
    yield planted


@contextmanager
def keeping(house):
    """A table that keeps what was typed."""
    path = house.folder / "styrehus.sqlite-planted"
    path.write_bytes(b"SQLite " + WORD.encode())
    path.chmod(0o600)
    try:
        yield house
    finally:
        path.unlink()


@contextmanager
def open_to_all(house):
    path = house.folder / "styrehus.sqlite"
    path.chmod(0o644)
    try:
        yield house
    finally:
        path.chmod(0o600)


@contextmanager
def started_with(house):
    """A process that is started with a secret in its words."""
    planted = house.through(house.port)
    planted.planted_process = f"styrehus serve --port {free_port()} --password {WORD}"
    yield planted


@contextmanager
def forging(house):
    planted = house.through(house.port)
    planted.planted_log = '{"level":"error","message":"FORGED"}\n'
    yield planted


PLANTS = [
    Plant("the log tells of a password and a number", canaries, telling, "the log: holds a"),
    Plant("a password is kept beside the database", canaries, keeping, "planted): holds a password"),
    Plant("the database can be read by others", canaries, open_to_all, "can be read"),
    Plant("a password stands among a process's words", canaries, started_with, "the list of processes"),
    Plant("a line of the log was written by a visitor", lines, forging, "forged"),
]
