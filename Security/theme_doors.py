"""The door: invitations, passwords, guessing, and what the answers tell."""

import secrets
import statistics
import threading
import time
from contextlib import contextmanager

from accounts import ADMINISTRATOR, GOOD, accept, enter, first_link, furnished, invite
from meddler import meddling
from rig import House, Plant
from wire import Answer, Browser

NET = iter(f"127.{a}.{b}.{c}" for a in range(10, 120) for b in range(1, 250) for c in range(1, 250))


def open_house():
    house, administrator = furnished()
    house.administrator = administrator
    house.people = {}
    for user, kind in (("anders", "auditor"), ("berit", "controller"), ("carla", "employee")):
        person = enter(house, administrator, user, kind, "1.1" if kind != "auditor" else "")
        accept(house, invite(administrator, person), user, GOOD)
        house.people[user] = person
    return house


def keeper(house):
    """The administrator's browser, at this house's port."""
    browser = Browser(house)
    browser.cookies, browser.token = dict(house.administrator.cookies), house.administrator.token
    return browser


def guess(house, user, password, source):
    return Browser(house, source).sign_in(user, password)


def defaults(arm, house):
    """No account that everybody knows, and no way in by a demo's click (25; V6.3.2)."""
    source = next(NET)
    for user in ("admin", "administrator", "root", "styrehus", "test", "demo", "guest", "sa", "Administrator"):
        for password in ("admin", "password", "styrehus", "administrator", "", user, GOOD):
            status = guess(house, user, password, source).status
            arm.look(status in (422, 429), f"{user} {password}", f"{status}")
        source = next(NET)
    demo = Browser(house).knock()
    for person in range(1, 6):
        arm.look(demo.post("/login/demo", {"person": person, "next": "/"}).status == 403, f"demo {person}", "lets in")
    arm.look('name="person"' not in demo.get("/login").text, "/login", "shows people to click on")


def invitations(arm, house):
    """Once, for a day, the newest only (25; V6.4.1)."""
    administrator = keeper(house)
    person = enter(house, administrator, "Dorte")
    old, secret = invite(administrator, person), invite(administrator, person)
    arm.look(accept(house, old, "dorte", GOOD)[0].status in (403, 410), "an earlier invitation", "still works")
    outcomes, lock = [], threading.Lock()

    def use(index):
        answer, _ = accept(house, secret, f"dorte{index}", GOOD)
        with lock:
            outcomes.append(answer.status)
    threads = [threading.Thread(target=use, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    arm.look(outcomes.count(303) == 1, "four at once", f"{outcomes}")
    arm.look(Browser(house).get(f"/invitation/{secret}").status == 410, "a used invitation", "opens")
    arm.look(accept(house, secret, "other", GOOD)[0].status in (403, 410), "a used invitation", "works again")
    for bad in ("0" * 64, secret.upper(), secret[:-1], secret + "0", "x" * 64, "%00", "..", "' OR 1=1--"):
        arm.look(Browser(house).get("/invitation/" + bad.replace(" ", "%20")).status in (404, 410),
                 f"invitation {bad[:9]}",
                 "opens")
    # A name that somebody has: the invitation is still good afterwards.
    secret = invite(administrator, person)
    arm.look(accept(house, secret, ADMINISTRATOR, GOOD)[0].status == 422, "somebody else's name", "is given away")
    arm.look(Browser(house).get(f"/invitation/{secret}").status == 200, "somebody else's name",
             "uses the invitation up")
    # The link of the first administrator is dead, and comes no more.
    arm.look(accept(house, first_link(house), "second", GOOD)[0].status in (403, 410), "the first link", "works again")
    late = invite(administrator, person)
    with away(house):
        house.edit(("UPDATE login_invitation SET expires_at = ? WHERE used_at IS NULL", (int(time.time()) - 1,)))
        links = house.log.count("/invitation/")
    arm.look(house.log.count("/invitation/") == links, "a second start", "prints a link though people can sign in")
    arm.look(accept(house, late, "late", GOOD)[0].status in (403, 410), "an invitation of yesterday", "still works")


@contextmanager
def away(house):
    """A pause of the server."""
    house.stop()
    yield
    house.start()


def alike(arm, house):
    """Known or unknown: the same status, text and time (24; V6.3.8)."""
    count = 30 if arm.is_short else 200
    times, pages = {"known": [], "unknown": []}, {"known": set(), "unknown": set()}
    users = {"known": "berit", "unknown": "birte"}
    for turn in range(count):
        # Now the one first, now the other: what comes second finds a server that was just asked.
        for kind, user in list(users.items())[::1 if turn % 2 else -1]:
            browser = Browser(house, next(NET)).knock()
            began = time.perf_counter()
            answer = browser.post("/login", {"user": user, "password": "en forkert adgangskode", "next": "/"})
            times[kind].append(time.perf_counter() - began)
            plain = answer.text.replace(browser.token, "").replace(user, "")
            pages[kind].add((answer.status, plain, tuple(sorted(name for name, _ in answer.fields))))
            browser.close()
    arm.look(len(pages["known"] | pages["unknown"]) == 1, "answers", "differ between known and unknown")
    medians = {kind: statistics.median(values) * 1000 for kind, values in times.items()}
    difference = abs(medians["known"] - medians["unknown"])
    # What differs less than runs of the same kind differ tells nothing.
    noise = statistics.pstdev(times["known"]) * 1000 / count ** 0.5
    bound = max(4 * noise, 0.06 * medians["known"])
    arm.note(f"medians {medians['known']:.1f} ms known, {medians['unknown']:.1f} ms unknown, of {count} each")
    arm.look(difference < bound, "time", f"{difference:.1f} ms apart, more than {bound:.1f}")
    # An empty or endless password takes as long, so that none is told by what is wrong with it.
    for name, password in (("empty", ""), ("too long", "x" * 5000)):
        answer = guess(house, "berit", password, next(NET))
        arm.look(answer.status == 422, name, f"{answer.status}")


def throttle(arm, house):
    """Ten of a name and an address, a hundred of an address; who knows the password comes in from elsewhere (23)."""
    source, statuses = next(NET), []
    browser = Browser(house, source).knock()
    count = 300 if arm.is_short else 10_000
    began = time.monotonic()
    for number in range(count):
        # In other letters and with blanks around, it is the same name.
        user = ("anders", "ANDERS", " anders ", "Anders")[number % 4]
        forged = [("X-Forwarded-For", f"10.0.{number % 250}.7"), ("X-Real-IP", f"10.1.{number % 250}.7"),
                  ("Forwarded", f"for=10.2.{number % 250}.7")]
        statuses.append(browser.post("/login", {"user": user, "password": f"forkert {number}", "next": "/"},
                                     headers=forged).status)
    arm.note(f"{count} wrong passwords in {time.monotonic() - began:.0f} s: {statuses.count(422)} were tried, "
             f"{statuses.count(429)} refused unread")
    arm.look(statuses.count(422) <= 10 and statuses.count(429) == count - statuses.count(422), "one name, one address",
             f"{statuses.count(422)} of {count} were tried")
    answer = browser.post("/login", {"user": "anders", "password": GOOD, "next": "/"})
    arm.look(answer.status == 429 and answer.get("Retry-After").isdigit(), "the right one after too many",
             f"{answer.status}")
    arm.look(guess(house, "anders", GOOD, next(NET)).status == 303, "the right one from elsewhere", "is kept out")
    # Spread over names, from one address.
    source, statuses = next(NET), []
    browser = Browser(house, source).knock()
    for number in range(115 if not arm.is_short else 20):
        statuses.append(browser.post("/login", {"user": f"navn{number}", "password": "forkert", "next": "/"}).status)
    if not arm.is_short:
        arm.look(statuses.count(422) <= 100 and statuses[-1] == 429, "many names, one address",
                 f"{statuses.count(422)} of {len(statuses)} were tried")
    arm.look(guess(house, "carla", GOOD, next(NET)).status == 303, "another address", "is kept out")


def at_once(arm, house):
    """Many at the same moment: what is counted after the work is done counts nothing while it is under way (23)."""
    source, statuses, lock = next(NET), [], threading.Lock()
    count = 80
    browsers = [Browser(house, source).knock() for _ in range(count)]

    def work(browser, number):
        status = browser.post("/login", {"user": "carla", "password": f"gæt {number}", "next": "/"}).status
        with lock:
            statuses.append(status)
    for browser in browsers:
        browser.link.socket.settimeout(120)
    threads = [threading.Thread(target=work, args=pair) for pair in zip(browsers, range(count))]
    honest = Browser(house, next(NET)).knock()
    honest.link.socket.settimeout(120)
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    honest.post("/login", {"user": "berit", "password": GOOD, "next": "/"})
    waited = time.monotonic() - began
    for thread in threads:
        thread.join()
    tried = statuses.count(422)
    arm.note(f"{count} guesses at once: {tried} were tried; somebody else waited {waited:.1f} s at the door meanwhile")
    arm.look(waited < 4, "somebody else at the door", f"waits {waited:.1f} s behind the guesses of one address")
    arm.look(tried <= 12, f"{count} guesses at the same moment",
             f"{tried} passwords were tried where ten are allowed: failures are counted after the work, not before")


def passwords(arm, house):
    """What a password may be (26; V6.2.1-12)."""
    administrator = keeper(house)
    person, user = enter(house, administrator, "Erna"), "erna" + secrets.token_hex(3)
    weak = ("", "kort", "elleve tegn", "a" * 12, "aaaaaaaabbbb", "123456789012", "abcdefghijkl", "Password1234",
            "adgangskode1",
            "kommune2026!", "sommer2026!!", "qwertyuiop12", "erna-hansen-1", "x" * 201, "1q2w3e4r5t6y", "ABABABABABAB")
    secret = invite(administrator, person)
    for password in weak:
        answer, _ = accept(house, secret, "erna-hansen", password)
        arm.look(answer.status == 422, f"the password {password[:20]!r}", f"{answer.status}")
        arm.look(not password or len(password) < 13 or password not in answer.text, "the page", "repeats the password")
    good = ("tolv tegn og æ", "  blanke foran og bagved  ", "日本語のパスワードは長いです",
            "x1y2z3 " * 28,
            "emoji 🏠🏠🏡🏢🏣🏤🏥🏦",
            "a%00b+c&d=e;f æøå", "<script>'\"--")
    for number, password in enumerate(good):
        secret = invite(administrator, person)
        arm.look(accept(house, secret, user, password)[0].status == 303, f"the password {password[:20]!r}",
                 "is refused")
        arm.look(guess(house, user, password, next(NET)).status == 303, f"the password {password[:20]!r}",
                 "does not let in")
        for other in (password[:-1], password + "x", password.swapcase(), password.strip()):
            if other != password:
                arm.look(guess(house, user, other, next(NET)).status == 422, f"{other[:20]!r} for {password[:20]!r}",
                         "lets in: cut, or read without regard to letters")
    # The same letters from another keyboard.
    import unicodedata
    secret = invite(administrator, person)
    word = "ærlig å på en é til ö"
    accept(house, secret, user, unicodedata.normalize("NFC", word))
    arm.look(guess(house, user, unicodedata.normalize("NFD", word), next(NET)).status == 303,
             "a password in another form",
             "is another password")
    # A new password puts everybody out who came in by the old one.
    insider = Browser(house, next(NET))
    insider.sign_in(user, word)
    arm.look(insider.get("/me").status != 500, "inside", "a fault")
    kept = insider.session
    accept(house, invite(administrator, person), user, "en helt ny og lang en")
    living = house.select("SELECT count(*) FROM login_session WHERE ended_at IS NULL AND person_id = ?", person)[0][0]
    arm.look(kept and living == 1, "a new password", f"{living} sessions live on")
    for stored, in house.select("SELECT password FROM login_account"):
        parts = stored.split(":")
        arm.look(len(parts) == 4 and parts[0] == "scrypt" and int(parts[1]) >= 32768 and len(parts[2]) >= 32,
                 "database",
                 f"a password is kept as {stored[:20]}")
    salts = [row[0].split(":")[2:3] or [row[0]] for row in house.select("SELECT password FROM login_account")]
    arm.look(len({salt for salt, in salts}) == len(salts), "database", "two passwords share their salt")


def names(arm, house):
    """The same name in another form is the same name (51; V1.1.1)."""
    administrator = keeper(house)
    composed, apart = "\u00e5se", "a\u030ase"
    one, two = enter(house, administrator, "Aase 1"), enter(house, administrator, "Aase 2")
    accept(house, invite(administrator, one), composed, GOOD)
    arm.look(guess(house, apart, GOOD, next(NET)).status == 303, "a user name typed on another keyboard",
             "does not let in: only the form that was typed first is known")
    answer, _ = accept(house, invite(administrator, two), apart, GOOD)
    arm.look(answer.status == 422, "a user name that looks the same", "is given to a second person")


CHECKS = [
    ("no default account (25; V6.3.2)", defaults),
    ("invitations (25; V6.4.1)", invitations),
    ("known and unknown alike (24; V6.3.8)", alike),
    ("passwords (26; V6.2.1-12, V11.4.2)", passwords),
    ("user names in two forms (51; V1.1.1)", names),
    ("throttle (23, 10; V6.3.1)", throttle),
    ("throttle, many at once (23; V15.4.1)", at_once),
]


def telling(asked, answer):
    if b"user=birte" in asked.body and answer.status == 422:
        answer.status = 404


def quicker(asked):
    """Answers an unknown name without the work: from what was answered before."""
    if b"user=birte" in asked.body:
        return Answer(422, [("Content-Length", "0")], b"")
    return None


def never_full():
    """A server that counts nothing: every guess comes from an address of its own."""
    def answer(asked, answer):
        if answer.status == 429:
            answer.status = 422
    return meddling(answer=answer)


def cut_passwords(asked):
    """Cuts a password to eight letters, and fills it up again."""
    import urllib.parse
    if asked.method == "POST" and b"password=" in asked.body:
        fields = dict(urllib.parse.parse_qsl(asked.body.decode(), keep_blank_values=True))
        if len(fields["password"]) >= 8:
            fields["password"] = fields["password"][:8] + " og resten er ens 4711"
        asked.with_body(urllib.parse.urlencode(fields).encode())


def any_password(asked, answer):
    if asked.path.startswith("/invitation/") and answer.status == 422:
        answer.status = 303


def forever(asked, answer):
    """An invitation that opens again and again."""
    if asked.path.startswith("/invitation/") and answer.status == 410:
        answer.status = 303 if asked.method == "POST" else 200


@contextmanager
def clicking(house):
    """A house where the demo's people can be chosen, though it holds real ones."""
    def answer(asked, answer):
        if asked.path == "/login/demo":
            answer.status = 303
    with meddling(answer=answer)(house) as planted:
        yield planted


def plain_kept():
    @contextmanager
    def make(house):
        class Leaky(House):
            def select(self, statement, *values):
                rows = House.select(self, statement, *values)
                return [("md5:" + "0" * 32,)] if statement == "SELECT password FROM login_account" else rows
        plain, house.__class__ = house.__class__, Leaky
        try:
            yield house
        finally:
            house.__class__ = plain
    return make


PLANTS = [
    Plant("the demo's click works on real people", defaults, clicking, "demo"),
    Plant("invitations work again", invitations, meddling(answer=forever), "a used invitation"),
    Plant("an unknown name has another status", alike, meddling(answer=telling), "answers"),
    Plant("an unknown name is answered at once", alike, meddling(ask=quicker), "time"),
    Plant("nothing is counted", throttle, never_full(), "one name, one address"),
    Plant("passwords are cut", passwords, meddling(ask=cut_passwords), "cut"),
    Plant("weak passwords are taken", passwords, meddling(answer=any_password), "the password"),
    Plant("passwords are kept badly", passwords, plain_kept(), "is kept as"),
]
