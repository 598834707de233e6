"""Forms that come from elsewhere, and pages that only read: neither may change anything."""

import re
import secrets
import urllib.parse

from accounts import decision, lent
from meddler import meddling
from pages import access, harvest
from rig import Plant, changed, demo
from wire import FORM, Browser, fresh_key, multipart

def budget():
    """A budget that is like no other: the same content twice is no news."""
    head = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n"
    rows = "".join(f"{unit};Enhed;{secrets.randbelow(10**9)},00;500,00;0,00\n" for unit in ("1001", "1.1.01"))
    return (head + rows).encode()



def open_house():
    return demo()


def plan_text():
    from pages import Plan
    return Plan().text.encode()


def ended(browser, answer):
    """Waits for the end of the job that an answer leads to."""
    while answer.status == 303 and "/jobs/" in answer.location and "Look again" in browser.get(answer.location).text:
        pass


class Forms:
    """A good form for every address that takes one: who sends it, its fields and its files."""

    def __init__(self, house):
        self.house = house
        administrator = Browser(house).enter(18)
        page = administrator.post("/people/invite", {"person": 5}).text
        self.secret = re.search(r"/invitation/([0-9a-f]{64})", page).group(1)
        finance = Browser(house).enter(8)
        looked = finance.post("/import/preview", {"kind": "budget", "year": "2031", "profile": "native"},
                              {"file": ("b.csv", budget())})
        self.ticket = looked.hidden("ticket")
        # A year of its own, that a round can be made of.
        ledger = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n"
        ledger += "1;15.01.2029;1001;3.22.01;1.1;Bilag;9,00\n2;15.01.2029;1.1.01;3.22.01;1.1;Bilag;9,00\n"
        for kind, content in (("budget", budget()), ("ledger", ledger.encode())):
            page = finance.post("/import/preview", {"kind": kind, "year": "2029", "profile": "native"},
                                {"file": (f"{kind}.csv", content)})
            ended(finance, finance.post("/import/confirm", {"ticket": page.hidden("ticket")}))
        self.inputs = finance.post("/rounds/make", {"year": "2029", "kind": "preliminary"}).hidden("inputs")
        leader = Browser(house).enter(1)
        given = lent()
        leader.post("/plan/delegate", given)
        Browser(house).enter(9).post("/privacy/decide", decision())
        delegation = self.house.select("SELECT max(delegation_id) FROM people_delegation")[0][0]
        holding = self.house.select("SELECT max(holding_id) FROM people_holding")[0][0]
        period = {"from": "2026-01-01", "through": "2030-12-31"}
        self.all = {
            "/login/demo": (None, {"person": "1", "next": "/"}, {}),
            "/login": (None, {"user": "nobody", "password": "wrong password 1", "next": "/"}, {}),
            "/logout": (1, {}, {}),
            "/invitation/{secret}": (None, {"user": "inger", "password": "fire gode lange ord 77"}, {}),
            "/me/sessions": (1, {}, {}),
            "/import/preview": (8, {"kind": "budget", "year": "2030", "profile": "native"},
                                {"file": ("b.csv", budget())}),
            "/import/confirm": (8, {"ticket": self.ticket}, {}),
            "/rounds/make": (8, {"year": "2025", "kind": "preliminary"}, {}),
            "/rounds/make/confirm": (8, {"year": "2029", "kind": "preliminary", "inputs": self.inputs}, {}),
            "/supervision/controls": (8, {"name": "Planted", "task": "Look", "months": "3 4"}, {}),
            "/units/{unit}/supervision": (1, {"month": "2029-01", "version": "0", "pay": "900", "other": "90",
                                             "reason": "Planted"}, {}),
            "/supervision/freeze": (8, {"month": "2029-01"}, {}),
            "/people/enter": (18, {"name": "Planted", "email": "p@example.org"}, {}),
            "/people/position": (18, {"kind": "controller", "place": "1", **period}, {}),
            "/people/appoint": (18, {"person": "3", "position": "8", **period}, {}),
            "/people/leave": (18, {"holding": str(holding), "through": "2031-01-01"}, {}),
            "/people/invite": (18, {"person": "4"}, {}),
            "/people/end-sessions": (18, {"person": "8"}, {}),
            "/people/remove": (18, {"person": "4"}, {}),
            "/people/close-sign-in": (18, {"person": "5"}, {}),
            "/privacy/decide": (9, decision("trailWords"), {}),
            "/privacy/sweep": (18, {}, {}),
            "/plan/adopt": (9, {"decided": "2026-01-01", "from": "2026-01-01", "reference": "item 1"},
                            {"file": ("plan.yaml", plan_text())}),
            "/plan/delegate": (1, {**given, "decision": "staff.hire"}, {}),
            "/plan/withdraw": (1, {"delegation": str(delegation)}, {}),
        }

    def path(self, pattern):
        return pattern.replace("{secret}", self.secret).replace("{unit}", "1.1.01")

    def visitor(self, person, source=None):
        browser = Browser(self.house, source)
        return browser.enter(person) if person else browser.knock()


# Those that change nothing that is kept, beside sessions.
NO_TRACE = {
    "/login", "/login/demo", "/logout", "/me/sessions", "/rounds/make", "/people/end-sessions", "/people/close-sign-in",
    "/privacy/sweep"}
# Nothing is due to be deleted, and a closing is only shown: nothing to tell.
SILENT = {"/rounds/make", "/privacy/sweep"}
# Those that leave another house behind, in this order: a plan is not adopted where a position stands empty.
LAST = ["/plan/adopt", "/people/remove"]
# What takes no form where the municipality has no identity provider; tests of the product try them with one.
ELSEWHERE = {"/login/provider", "/login/provider/signed-out"}


def forged(arm, house):
    """Every form without a token, with a wrong one, another person's, and so on: refused, and nothing changed."""
    forms = Forms(house)
    patterns = [pattern for method, pattern, *_ in access() if method == "POST"]
    for pattern in patterns:
        arm.look(pattern in forms.all or pattern in ELSEWHERE, f"POST {pattern}",
                 "the access list has an address that these forms do not know")
    sessions = "SELECT count(*) FROM login_session WHERE ended_at IS NULL"
    for pattern in patterns:
        if pattern not in forms.all:
            continue
        person, fields, files = forms.all[pattern]
        path = forms.path(pattern)
        visitor, other = forms.visitor(person), forms.visitor(7 if person else None)
        earlier = forms.visitor(person)
        old = earlier.token
        if person:
            earlier.enter(person)
            visitor = earlier
        good = {"token": visitor.token, "key": fresh_key(), **fields}
        urlencoded = urllib.parse.urlencode(good)
        cases = [
            ("no token", {**good, "token": None}, ()), ("empty token", {**good, "token": ""}, ()),
            ("wrong token", {**good, "token": secrets.token_hex(len(visitor.token) // 2)}, ()),
            ("another person's token", {**good, "token": other.token}, ()),
            ("the previous session's token", {**good, "token": old if person else "x" * 25}, ()),
            ("token in capitals", {**good, "token": visitor.token.upper() + "X"}, ()),
            ("cut token", {**good, "token": visitor.token[:-1]}, ()),
            ("cross-site", good, [("Sec-Fetch-Site", "cross-site")]),
            ("same-site", good, [("Sec-Fetch-Site", "same-site")]),
            ("a field that says it is cross-site in capitals", good, [("Sec-Fetch-Site", "CROSS-SITE")]),
        ]
        before, living = house.content(), house.select(sessions)
        for name, sent, headers in cases:
            sent = {field: value for field, value in sent.items() if value is not None}
            answer = visitor.twin().ask("POST", path, *(multipart(sent, files) if files else (
                urllib.parse.urlencode(sent), FORM)), headers=headers)
            arm.look(answer.status == 403, f"POST {pattern}: {name}", f"{answer.status}")
        for name, kind in (("text/plain", "text/plain"), ("JSON", "application/json"), ("no type", None),
                           ("a type with a blank in front", " text/plain;application/x-www-form-urlencoded")):
            answer = visitor.twin().ask("POST", path, urlencoded, kind)
            arm.look(answer.status in (400, 403, 415), f"POST {pattern}: {name}", f"{answer.status}")
        for name, answer in (
            ("as GET", visitor.twin().get(path + "?" + urlencoded)),
            ("token in the address", visitor.twin().ask("POST", f"{path}?token={visitor.token}", urllib.parse.urlencode(
                {**fields, "key": fresh_key()}), FORM)),
            ("no cookies", _without_cookies(house, path, good, files)),
        ):
            # A page that is read by GET is read; nothing happens by it.
            reads = name == "as GET" and answer.status in (200, 303, 404, 405)
            arm.look(reads or answer.status in (401, 403, 400), f"POST {pattern}: {name}", f"{answer.status}")
        differs = changed(before, house.content())
        arm.look(not differs, f"POST {pattern}", f"a refused form changed {', '.join(differs)}")
        arm.look(person is None or house.select(sessions) == living, f"POST {pattern}",
                 "a refused form ended a session")


def _without_cookies(house, path, fields, files):
    browser = Browser(house)
    browser.cookies = {}
    return browser.ask("POST", path, *(multipart(fields, files) if files else (urllib.parse.urlencode(fields), FORM)))


def good(arm, house):
    """The same forms with their token do what they say: so it was the token that kept the others out."""
    forms = Forms(house)
    order = sorted(forms.all, key=lambda pattern: LAST.index(pattern) if pattern in LAST else -1)
    for pattern in order:
        person, fields, files = forms.all[pattern]
        visitor, before, trail = forms.visitor(person), house.content(), house.last_entry()
        answer = visitor.post(forms.path(pattern), fields, files)
        arm.look(answer.status in (200, 303) or pattern == "/login" and answer.status == 422, f"POST {pattern}",
                 f"a good form is answered with {answer.status}: {answer.text[-300:]}")
        ended(visitor, answer)
        arm.look(pattern in NO_TRACE or changed(before, house.content()), f"POST {pattern}",
                 "a good form changed nothing")
        arm.look(pattern in SILENT or house.last_entry() > trail, f"POST {pattern}", "no word in the trail")


def crawl(arm, house):
    """Every page there is, as everybody: nothing is changed by looking."""
    before = house.content()
    for person in (None, 8, 17, 18) if arm.is_short else (None, *range(1, 19)):
        browser = Browser(house)
        if person:
            browser.enter(person)
        for path, answer in harvest(browser, 60 if arm.is_short else 400).items():
            arm.look(answer.status < 500, f"person {person} GET {path}", f"{answer.status}")
        differs = changed(before, house.content())
        arm.look(not differs, f"person {person}", f"looking changed {', '.join(differs)}")


CHECKS = [
    ("looking changes nothing (18; V3.5.3)", crawl),
    ("forged forms are refused (17; V3.5.1-2)", forged),
    ("good forms are taken", good),
]


def mend(asked):
    """Puts the right token into every form: a server that does not look at it. The page that has it is asked for."""
    if asked.method != "POST":
        return
    found = known_tokens.get(asked.get("Cookie"))
    if found and FORM in asked.get("Content-Type"):
        fields = dict(urllib.parse.parse_qsl(asked.body.decode(), keep_blank_values=True))
        asked.with_body(urllib.parse.urlencode({**fields, "token": found}).encode())


known_tokens = {}


def learn(asked, answer):
    """Remembers the token that a browser's pages carry."""
    token = answer.hidden("token")
    if token and asked.method == "GET":
        known_tokens[asked.get("Cookie")] = token
        for cookie in answer.all("Set-Cookie"):
            known_tokens[asked.get("Cookie") + "; " + cookie.split(";")[0]] = token


def write_by_looking(house):
    """A page that writes when it is looked at: the first look at a unit leaves a row."""
    def change(asked, answer):
        if asked.path.startswith("/units/") and asked.method == "GET":
            import sqlite3
            connection = sqlite3.connect(house[0].path, timeout=20)
            connection.execute("UPDATE organisation_register_version SET file_name = file_name || '.'")
            connection.commit()
            connection.close()
    return change


def looking():
    box = []
    make = meddling(answer=write_by_looking(box))
    def planted(house):
        box[:] = [house]
        return make(house)
    return planted


def drop_site(asked):
    asked.set("Sec-Fetch-Site", None)


def plain_as_form(asked):
    if asked.get("Content-Type").strip().startswith("text/plain"):
        asked.set("Content-Type", FORM)


PLANTS = [
    Plant("tokens are not looked at", forged, meddling(ask=mend, answer=learn), "token"),
    Plant("Sec-Fetch-Site is not looked at", forged, meddling(ask=drop_site), "cross-site"),
    Plant("text/plain is read as a form", forged, meddling(ask=plain_as_form), "text/plain"),
    Plant("refused forms change something", forged, meddling(ask=mend, answer=learn), "changed"),
    Plant("a page writes when it is looked at", crawl, looking(), "looking changed"),
]
