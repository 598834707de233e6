"""The audit trail: what leaves its entry, and what becomes of a trail that somebody has laid hands on."""

import hashlib
import random
import re
import shutil
import sqlite3
from contextlib import closing, contextmanager

from meddler import meddling
from pages import access, filled
from rig import ROOM, Plant, demo, run
from theme_forms import LAST, SILENT, Forms, ended
from wire import Answer, Browser

ENTRIES = 1_000


def open_house():
    return demo()


def entries(arm, house):
    """Every refusal of somebody who is known, every reading that is to be noted, every write: an entry each (55)."""
    rows = access()
    for person in (1, 17) if arm.is_short else (1, 8, 9, 16, 17, 18):
        browser = Browser(house).enter(person)
        for method, pattern, permission, unit, is_logged in rows:
            path = filled(pattern, round="2025-1", id="randersmodellen-2.0", person="3")
            before = house.last_entry()
            answer = browser.ask(method, path, b"" if method == "POST" else None)
            new = house.trail(before)
            where = f"person {person} {method} {path}"
            if answer.status == 403 and "The form could not be used" not in answer.text and method == "GET":
                arm.look([row[1:3] for row in new] == [(str(person), "access.refused")] and permission in new[0][3],
                         where,
                         f"a refusal left {new}")
                arm.look(not unit or unit and "1.1.01" in new[0][3] if new else True, where, "the unit is not named")
            elif is_logged and answer.status == 200:
                act = {"open": "", "signed-in": "read.own"}.get(permission, f"read.{permission}")
                arm.look([row[1:3] for row in new] == [(str(person), act)], where, f"a reading left {new}")
            elif method == "GET":
                arm.look(not new, where, f"a plain reading left {new}")
            else:
                arm.look(all(row[1] == str(person) for row in new), where, f"left {new}")
    # A refusal that ends in a fault of ours must leave its entry as well.
    leader = Browser(house).enter(1)
    for name, path in (("NUL", "/units/1.1.02%00/postings"), ("long", f"/units/{'9' * 4000}/postings"),
                       ("letters", "/units/%F0%9F%8F%A0/postings"),
                       ("CSV", "/units/1.1.02/postings.csv"), ("HEAD", "/units/1.1.02/postings")):
        before = house.last_entry()
        answer = leader.ask("HEAD" if name == "HEAD" else "GET", path)
        actions = [row[2] for row in house.trail(before)]
        arm.look(answer.status in (403, 404) and actions == ["access.refused"], f"a refusal: {name}",
                 f"{answer.status} left {actions}")
    before = house.last_entry()
    door = Browser(house, "127.9.9.9").knock()
    door.post("/login", {"user": "nobody", "password": "wrong", "next": "/"})
    arm.look([row[2] for row in house.trail(before)] == ["login.refused"], "a wrong password", f"{house.trail(before)}")
    before = house.last_entry()
    browser = Browser(house).enter(2)
    browser.post("/logout")
    arm.look([row[2] for row in house.trail(before)] == ["login.signIn", "login.signOut"], "in and out",
             f"{house.trail(before)}")


def writes(arm, house):
    """Every form that changes something leaves an entry by whoever sent it, with the number of the request."""
    forms = Forms(house)
    for pattern in sorted(forms.all, key=lambda pattern: LAST.index(pattern) if pattern in LAST else -1):
        person, fields, files = forms.all[pattern]
        visitor = forms.visitor(person)
        number, before = hashlib.sha256(pattern.encode()).hexdigest()[:32], house.last_entry()
        answer = visitor.post(forms.path(pattern), fields, files, headers=[("X-Request-Id", number)])
        ended(visitor, answer)
        new = house.trail(before)
        requests = {row[0] for row in house.select("SELECT request FROM database_audit WHERE number > ?", before)}
        arm.look(new or pattern in SILENT, f"POST {pattern}", f"{answer.status} left no entry")
        if person:
            arm.look(all(row[1] == str(person) for row in new), f"POST {pattern}", f"in whose name? {new}")
        if new and pattern not in ("/import/confirm", "/rounds/make/confirm"):
            arm.look(number in requests, f"POST {pattern}", f"another request's number: {requests}")


def trail_of(house, count):
    """A copy of the house's database with a trail of so many entries, the server being stopped."""
    browser = Browser(house).enter(17)
    while house.last_entry() < count:
        browser.get("/units/1.1.01/postings?month=1")
    house.stop()
    return house.path


def verify(path, *anchors):
    words = [word for anchor in anchors for word in ("--anchor", anchor)]
    return run("audit", "verify", *words, "--database", f"sqlite:{path}")


COLUMNS = ("tenant", "number", "at_ms", "person", "position", "reason", "request", "action", "object", "before_text",
           "after_text",
           "about_person", "personal_hash", "hash")


def tampering(arm, house):
    """Change, take out, add, swap, cut, write anew: `styrehus audit verify` finds each, and names it (56)."""
    path = trail_of(house, ENTRIES)
    code, words = verify(path)
    if not arm.look(code == 0 and "all whole" in words, "as it is", words):
        return
    last, anchor = int(words.split()[0]), re.search(r"anchor (\S+)", words).group(1)
    arm.note(f"{last} entries")
    numbers = random.Random(7)
    some = sorted({1, 2, last // 2, last - 1, last, *(numbers.randrange(1, last)
                                                      for _ in range(2 if arm.is_short else 20))})
    cases = []
    for number in some[:3] if arm.is_short else some:
        for column in COLUMNS[2:]:
            new = "at_ms + 1" if column == "at_ms" else f"{column} || 'x'"
            cases.append((f"change {column} of", number,
                          [f"UPDATE database_audit SET {column} = {new} WHERE number = {number}"], False))
        cases += [
            ("take out", number, [f"DELETE FROM database_audit WHERE number = {number}"], False),
            ("move to another's place", number,
             [f"UPDATE database_audit SET number = {last + 5} WHERE number = {number}"], False),
            ("add after the last a copy of", number, [copy_of(number, last + 1)], False),
            ("empty", number,
             [f"UPDATE database_audit SET object = '', after_text = '', before_text = '' WHERE number = {number}",
                               f"UPDATE database_audit SET action = 'x' WHERE number = {number}"], False),
            ("give to somebody else", number, [f"UPDATE database_audit SET person = '99' WHERE number = {number}"],
             False)]
        other = number % last + 1
        cases.append(("swap with its neighbour", number, swap(number, other), False))
        cases.append(("swap with one far away", number, swap(number, (number + last // 3) % last + 1), False))
        cases.append(("take out and close the gap after", number, [
            f"DELETE FROM database_audit WHERE number = {number}", *closed_gap(number, last)], False))
    for count in (1, 10, last // 2, last):
        kept = last - count
        cases.append((f"cut {count} from the end", last, [f"DELETE FROM database_audit WHERE number > {kept}"], False))
        cases.append((f"cut {count} from the end and the mark with it", last, [
            f"DELETE FROM database_audit WHERE number > {kept}",
            f"UPDATE database_audit_head SET number = {kept}, hash ="
            f" (SELECT hash FROM database_audit WHERE number = {kept})"
            if kept else "DELETE FROM database_audit_head"], True))
        cases.append((f"cut {count} from the beginning", 1, [f"DELETE FROM database_audit WHERE number <= {count}"],
                      False))
    cases.append(("take the mark away", last, ["DELETE FROM database_audit_head"], False))
    cases.append(("change the mark", last,
                  ["UPDATE database_audit_head SET hash = replace(hash, substr(hash, 1, 1), 'x')"], False))
    for number, in house.select("SELECT number FROM database_audit_personal ORDER BY number LIMIT 3"):
        for column in ("salt", "before_text", "after_text"):
            cases.append((f"change the {column} of a person's words in", number, [
                f"UPDATE database_audit_personal SET {column} = {column} || 'x' WHERE number = {number}"], False))
    copied = ROOM / "tampered.sqlite"
    for name, number, statements, needs_anchor in cases:
        shutil.copyfile(path, copied)
        with closing(sqlite3.connect(copied)) as connection:
            try:
                for statement in statements if not getattr(house, "is_gentle", False) else []:
                    connection.execute(statement)
                connection.commit()
            except sqlite3.IntegrityError as error:
                arm.note(f"{name} {number}: the database refuses it ({error})")
                continue
        code, words = verify(copied, *([anchor] if needs_anchor else []))
        arm.look(code == 65 and words.strip(), f"{name} {number}", f"is not found: {words.strip()}")
    anew(arm, house, path, copied, anchor)
    house.start()


def anew(arm, house, path, copied, anchor):
    """A whole trail of another history, made by the product itself: well-formed, and another than the anchor's."""
    other = demo()
    browser = Browser(other).enter(17)
    while other.last_entry() < int(anchor.split(":")[0]) + 5:
        browser.get("/units/1.1.01/postings?month=2")
    other.stop()
    if getattr(house, "is_gentle", False):
        shutil.copyfile(path, copied)
    else:
        shutil.copyfile(other.path, copied)
    code, words = verify(copied, anchor)
    arm.look(code == 65, "a trail that was written anew", f"is not found: {words.strip()}")
    code, words = verify(path, anchor)
    arm.look(code == 0, "the trail itself beside its anchor", words.strip())
    other.away()


# A place in the trail that is far behind its end.
AWAY = 10**9


def copy_of(number, place):
    names = ", ".join(COLUMNS)
    moved = names.replace("number", str(place), 1)
    return f"INSERT INTO database_audit ({names}) SELECT {moved} FROM database_audit WHERE number = {number}"


def swap(one, other):
    return [f"UPDATE database_audit SET number = {AWAY} WHERE number = {one}",
            f"UPDATE database_audit SET number = {one} WHERE number = {other}",
            f"UPDATE database_audit SET number = {other} WHERE number = {AWAY}"]


def closed_gap(number, last):
    return [f"UPDATE database_audit SET number = number + {AWAY} WHERE number > {number}",
            f"UPDATE database_audit SET number = number - {AWAY} - 1 WHERE number > {AWAY}",
            f"UPDATE database_audit_head SET number = {last - 1}"]


CHECKS = [
    ("refusals and readings (55; V16.2.1, V16.3.1-4)", entries),
    ("writes (55)", writes),
    (f"a trail of {ENTRIES} entries (56; V16.4.2-3)", tampering),
]


def silent(asked):
    """A gate that refuses without a word in the trail."""
    if asked.path == "/audit.csv" and "__Host-" in asked.get("Cookie"):
        return Answer(403, [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", "0")], b"")
    return None


def unread(asked):
    """A reading that nobody notes."""
    if asked.path == "/me/data.json":
        return Answer(200, [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", "2")], b"{}")
    return None


def swallowed(asked):
    if asked.path == "/people/position":
        return Answer(303, [("Location", "/people"), ("Content-Length", "0")], b"")
    return None


def renumbered(asked):
    asked.set("X-Request-Id", None)


@contextmanager
def gentle(house):
    """Hands that touch nothing: a check that is content with an untouched trail would be content with any."""
    house.is_gentle = True
    try:
        yield house
    finally:
        house.is_gentle = False


PLANTS = [
    Plant("a refusal is not noted", entries, meddling(ask=silent), "/audit.csv: a refusal left []"),
    Plant("a reading is not noted", entries, meddling(ask=unread), "/me/data.json: a reading left []"),
    Plant("a write is not noted", writes, meddling(ask=swallowed), "POST /people/position: 303 left no entry"),
    Plant("the number of the request is lost", writes, meddling(ask=renumbered), "another request's number"),
    Plant("the trail is not looked at", tampering, gentle, "is not found"),
]
