"""Sessions: new at every sign-in, dead when they end, and of no use to whoever repeats an old one."""

import hashlib
import math
import re
import time
from collections import Counter
from contextlib import contextmanager

from accounts import decision, lent
from meddler import meddling
from rig import Plant, demo
from wire import Browser, Broken

COOKIE = "__Host-styrehus"


def open_house():
    return demo()


def is_in(house, session):
    """Whether a session's cookie opens what only the signed-in may see."""
    browser = Browser(house)
    browser.cookies[COOKIE] = session
    try:
        return browser.get("/me").status == 200
    except Broken:
        return False


def renewal(arm, house):
    planted = "a" * 64
    browser = Browser(house)
    browser.cookies[COOKIE] = planted
    browser.knock()
    browser.enter(1)
    first = browser.session
    arm.look(first != planted, "fixation", "a session id of the visitor's own choice is kept")
    arm.look(is_in(house, first), "sign-in", "does not let in")
    arm.look(not is_in(house, planted), "fixation", "the planted id lets in")
    browser.enter(8)
    arm.look(browser.session != first, "second sign-in", "keeps the id")
    arm.look(not is_in(house, first), "second sign-in", "the earlier id still lets in")
    # The token of the one is of no use to the other.
    one, two = Browser(house).enter(1), Browser(house).enter(1)
    arm.look(one.token != two.token and one.session != two.session, "two browsers", "share an id or a token")
    one.token = two.token
    arm.look(one.post("/logout").status == 403, "two browsers", "a token of the other session is taken")


def ending(arm, house):
    browser = Browser(house).enter(1)
    kept, token = browser.session, browser.token
    answer = browser.post("/logout")
    arm.look(answer.status == 303, "signing out", f"{answer.status}")
    taken = [cookie for cookie in answer.all("Set-Cookie") if cookie.startswith(COOKIE + "=")]
    arm.look(taken and "max-age=0" in taken[0].lower(), "signing out", f"the cookie is not taken away: {taken}")
    arm.look(not is_in(house, kept), "signing out", "the old id still lets in")
    ghost = Browser(house)
    ghost.cookies[COOKIE], ghost.token = kept, token
    for path in ("/me/sessions", "/people/enter", "/plan/delegate"):
        arm.look(ghost.post(path, {"name": "x"}).status in (401, 403), f"POST {path}", "an ended session acts")
    # Everywhere at once.
    many = [Browser(house).enter(2) for _ in range(5)]
    other = Browser(house).enter(3)
    arm.look(many[0].post("/me/sessions").status == 303, "signing out everywhere", "refused")
    for index, one in enumerate(many):
        arm.look(not is_in(house, one.session or "x") and not is_in(house, one.cookies.get(COOKIE, "0" * 64)),
                 f"signing out everywhere, browser {index}", "still lets in")
    arm.look(is_in(house, other.session), "signing out everywhere", "puts others out as well")
    # By the administrator.
    victim, administrator = Browser(house).enter(4), Browser(house).enter(18)
    arm.look(administrator.post("/people/end-sessions", {"person": 4}).status == 303, "administrator", "refused")
    arm.look(not is_in(house, victim.session), "ended by the administrator", "still lets in")
    # Whoever is taken out is out at the next request.
    administrator.post("/people/enter", {"name": "Den næste", "email": ""})
    number = house.select("SELECT max(person_id) FROM people_person")[0][0]
    victim = Browser(house).enter(number)
    if not house.select("SELECT count(*) FROM retention_decision")[0][0]:
        refused = administrator.post("/people/remove", {"person": number})
        arm.look(refused.status == 409, "removing", "goes without a decision")
        Browser(house).enter(9).post("/privacy/decide", decision())
    arm.look(administrator.post("/people/remove", {"person": number}).status == 303, "removing", "refused")
    arm.look(not is_in(house, victim.session), "a removed person", "still lets in")
    again = Browser(house).knock()
    again.post("/login/demo", {"person": number, "next": "/"})
    arm.look(not is_in(house, again.session or "0" * 64), "a removed person", "signs in again")


def competence(arm, house):
    """What was lent or held is gone at the next request after it is withdrawn (22)."""
    leader, employee, administrator = Browser(house).enter(1), Browser(house).enter(16), Browser(house).enter(18)
    path = "/units/1.1.01/postings"
    arm.look(employee.get(path).status == 403, "before", "the employee reads postings")
    leader.post("/plan/delegate", lent())
    arm.look(employee.get(path).status == 200, "lent", "what was delegated does not count")
    arm.look(employee.get("/units/1.1.02/postings").status == 403, "lent", "reaches another unit")
    number = house.select("SELECT max(delegation_id) FROM people_delegation")[0][0]
    leader.post("/plan/withdraw", {"delegation": str(number)})
    arm.look(employee.get(path).status == 403, "withdrawn", "still counts at the next request")
    # A delegation that has run out, and one that has not begun.
    for first, last in (("2026-01-01", "2026-11-01"), ("2089-01-01", "2089-12-31")):
        leader.post("/plan/delegate", lent(**{"from": first, "through": last}))
        arm.look(employee.get(path).status == 403, f"from {first} through {last}", "counts today")
    period = {"person": "16", "position": "1", "from": "2026-01-01", "through": ""}
    administrator.post("/people/appoint", period)
    arm.look(employee.get(path).status == 200, "held", "does not count")
    holding = house.select("SELECT max(holding_id) FROM people_holding WHERE person_id = 16")[0][0]
    administrator.post("/people/leave", {"holding": str(holding), "through": "2026-11-01"})
    arm.look(employee.get(path).status == 403, "left", "a position that was left still counts")
    for first, last in (("2026-01-01", "2026-11-01"), ("2089-01-01", "")):
        administrator.post("/people/appoint", {**period, "from": first, "through": last})
        arm.look(employee.get(path).status == 403, f"held from {first} through {last}", "counts today")


def identifiers(arm, house):
    """Ids: 256 bits, each once, without a pattern, and in the database as a hash only (20)."""
    count = 300 if arm.is_short else 10_000
    ids, browser = [], Browser(house)
    for number in range(count):
        browser.cookies.pop(COOKIE, None)
        if not browser.token or number % 500 == 0:
            browser.knock()
        answer = browser.post("/login/demo", {"person": 5, "next": "/"}, headers=[("Connection", "keep-alive")])
        ids.append(browser.session)
        browser.cookies.pop(COOKIE, None)
        if answer.status != 303:
            break
    arm.look(len(set(ids)) == count, "ids", f"{len(set(ids))} different ones of {count}")
    arm.look(all(re.fullmatch("[0-9a-f]{64}", one) for one in ids), "ids", "not 64 hexadecimal digits")
    # Every bit is set about half of the time.
    values = [int(one or "0", 16) for one in ids]
    bound = 5.5 * math.sqrt(count) / 2
    for bit in range(256):
        ones = sum(value >> bit & 1 for value in values)
        arm.look(abs(ones - count / 2) < bound, f"bit {bit}", f"is set {ones} times of {count}")
    pairs = Counter(one[at:at + 8] for one in ids for at in range(0, 64, 8))
    arm.look(max(pairs.values()) <= 3, "ids", f"a group of digits comes {max(pairs.values())} times")
    stored = {row[0] for row in house.select("SELECT session_hash FROM login_session")}
    arm.look(not stored & set(ids), "database", "holds ids")
    arm.look(all(hashlib.sha256(one.encode()).hexdigest() in stored for one in ids), "database", "does not hold hashes")


PAUSE, WHOLE = 3_600, 43_200


def timeouts(arm, house):
    """Silence of an hour and twelve hours in all end a session: the times are set back in the file while the server
    is away."""
    cases = {
        "seen just now": (0, 0, True), "silent for 58 minutes": (3_480, 3_480, True),
        "silent for an hour": (PAUSE + 5, PAUSE + 5, False), "silent for a day": (86_400, 86_400, False),
        "eleven hours, seen just now": (39_600, 0, True), "twelve hours, seen just now": (WHOLE + 5, 0, False),
        "a week, seen just now": (604_800, 0, False),
    }
    browsers = {name: Browser(house).enter(2) for name in cases}
    house.stop()
    now = int(time.time())
    for name, (began, seen, _) in cases.items():
        hashed = hashlib.sha256(browsers[name].session.encode()).hexdigest()
        house.edit(("UPDATE login_session SET started_at = ?, seen_at = ? WHERE session_hash = ?",
                    (now - began, now - seen, hashed)))
    house.start()
    for name, (_, _, lives) in cases.items():
        told = is_in(house, browsers[name].session)
        arm.look(told == lives, name, "is put out" if lives else "still lets in")
        # Asking with it does not wake it.
        arm.look(is_in(house, browsers[name].session) == lives, name + ", again", "changed by asking")


CHECKS = [
    ("a new id at every sign-in (19; V7.2.4)", renewal),
    ("signing out, here and everywhere (21; V7.4.1-2, V7.4.5)", ending),
    ("competence withdrawn (22; V8.3.2)", competence),
    ("ids (20; V7.2.3)", identifiers),
    ("timeouts (21; V7.3.1-2)", timeouts),
]


def immortal():
    """A gate that lets a dead session in as the one that was signed in last."""
    last = {}

    def ask(asked):
        cookie = asked.get("Cookie")
        if asked.path == "/me" and COOKIE in cookie and last:
            asked.set("Cookie", COOKIE + "=" + last["id"])

    def answer(asked, answer):
        for cookie in answer.all("Set-Cookie"):
            if cookie.startswith(COOKIE + "=") and len(cookie.split(";")[0]) > 60:
                last.setdefault("id", cookie.split(";")[0].split("=")[1])
                last["id"] = cookie.split(";")[0].split("=")[1] if asked.path == "/login/demo" else last["id"]
    return meddling(ask, answer)


def keeps_cookie(asked, answer):
    if asked.path == "/logout":
        answer.fields = [pair for pair in answer.fields if pair[0] != "Set-Cookie"]


def few_ids():
    seen = []

    def answer(asked, answer):
        for index, (name, value) in enumerate(answer.fields):
            if name == "Set-Cookie" and value.startswith(COOKIE + "="):
                seen.append(value)
                if len(seen) > 100:
                    answer.fields[index] = (name, seen[len(seen) % 100])
    return meddling(answer=answer)


def even_ids(asked, answer):
    answer.fields = [(name, re.sub(r"(__Host-styrehus=[0-9a-f]{63})[0-9a-f]", r"\g<1>0", value))
                     for name, value in answer.fields]


def as_leader(asked):
    """Everybody reads postings as the finance director: what was withdrawn still counts."""
    if asked.path.endswith("/postings") and box.get("cookie"):
        asked.set("Cookie", box["cookie"])


box = {}


@contextmanager
def lasting(house):
    box["cookie"] = f"{COOKIE}={Browser(house).enter(8).session}"
    with meddling(ask=as_leader)(house) as planted:
        yield planted


@contextmanager
def clockless(house):
    """Times are set back in nobody's file."""
    class Clockless(type(house)):
        def edit(self, *statements):
            pass
    plain, house.__class__ = house.__class__, Clockless
    try:
        yield house
    finally:
        house.__class__ = plain


PLANTS = [
    Plant("an ended session lets in", ending, immortal(), "still lets in"),
    Plant("an old id lets in after a new sign-in", renewal, immortal(), "lets in"),
    Plant("signing out leaves the cookie", ending, meddling(answer=keeps_cookie), "not taken away"),
    Plant("ids come again", identifiers, few_ids(), "different ones"),
    Plant("a digit of every id is zero", identifiers, meddling(answer=even_ids), "bit 0"),
    Plant("what was withdrawn counts on", competence, lasting, "withdrawn"),
    Plant("sessions never grow old", timeouts, clockless, "still lets in"),
]
