"""Every role at every address, with its own unit and others', against what the delegation plan says."""

import re
import urllib.parse

from accounts import lent
from meddler import meddling
from pages import Plan, access, filled, known_model, known_round
from rig import Plant, changed, demo, run
from wire import FORM, Browser, fresh_key

# The levels of the plan that nobody holds alone.
BODIES = {"council", "committee", "executiveBoard", "medCommittee", "userBoard"}


def open_house():
    return demo()


class Tree:
    """The organisation as the database has it."""

    def __init__(self, house):
        rows = house.select(
            "SELECT code, parent, kind FROM organisation_register_unit WHERE version ="
            " (SELECT max(version) FROM organisation_register_unit)")
        self.parent = {code: parent for code, parent, _ in rows}
        self.kind = {code: kind for code, _, kind in rows}

    def line(self, code):
        """A unit and everything above it."""
        found = []
        while code and code not in found:
            found.append(code)
            code = self.parent.get(code)
        return found

    def directorate(self, code):
        return next((one for one in self.line(code) if self.kind.get(one) == "forvaltning"), code)


class Judge:
    """What the plan says, read by this program on its own."""

    def __init__(self, house, plan):
        self.plan = plan
        self.tree = Tree(house)
        self.positions = {}
        for person, kind, place in house.select(
            "SELECT h.person_id, p.kind, p.place FROM people_holding h JOIN people_position p"
                " ON p.position_id = h.position_id WHERE h.person_id <= 18"):
            self.positions.setdefault(person, []).append((kind, place))

    def allows(self, person, permission, unit=None):
        for row in self.plan.decisions.get(permission, []):
            if row["level"] == "everyone":
                return True
            if not person:
                continue
            kinds = row["recordedBy"] if row["level"] in BODIES else [row["level"]]
            for kind, place in self.positions.get(person, []):
                if row["level"] != "anyPosition" and kind not in kinds:
                    continue
                if unit is None or row["scope"] == "all":
                    return True
                reach = self.tree.directorate(place) if row["scope"] == "ownDirectorate" else place
                if reach in self.tree.line(unit) or unit == reach:
                    return True
        return False


def others(judge, own="1.1.01"):
    """Its own unit, what is above, beside and elsewhere, and units that there are not."""
    tree = judge.tree
    beside = next(code for code, parent in sorted(tree.parent.items()) if parent == tree.parent[own] and code != own)
    away = next(code for code in sorted(tree.parent) if tree.directorate(code) != tree.directorate(own)
                and len(code) == len(own))
    chief = tree.parent[own]
    cousin = next((code for code in sorted(tree.parent) if tree.directorate(code) == tree.directorate(own)
                   and tree.parent.get(tree.parent.get(code)) and chief not in tree.line(code)
                   and len(code) == len(own)), away)
    return {"own": own, "beside": beside, "chief's": chief, "directorate": tree.directorate(own), "cousin": cousin,
            "elsewhere": away, "unknown": "9.9.99", "own and more": own + "x", "own in another form": own + "%20"}


def judged(status, allowed, is_known, method):
    """Whether a status fits: let in is anything that is about the matter itself."""
    if allowed:
        return status not in (401, 403) and status < 500
    if is_known:
        return status == 403
    return status in (303, 401) if method in ("GET", "HEAD") else status == 401


def matrix(arm, house):
    """Role by route by method by unit."""
    plan = Plan()
    judge = Judge(house, plan)
    code, words = run("plan", "show")
    arm.look(code == 0 and words.strip() == plan.text.strip(), "styrehus plan show",
             "is another plan than the sources'")
    units = others(judge)
    before = house.content()
    people = [None, 1, 3, 8, 17, 18] if arm.is_short else [None, *range(1, 19)]
    rows = access()
    missing = [row[2] for row in rows if row[2] not in ("open", "signed-in") and row[2] not in plan.decisions]
    arm.look(not missing, "the plan", f"has no row for {missing}")
    for person in people:
        browser = Browser(house).enter(person) if person else Browser(house).knock()
        places = {"round": known_round(browser), "id": known_model(browser), "person": "3"}
        for method, pattern, permission, unit, _ in rows:
            if permission == "open":
                continue
            for which, code in (units.items() if unit else [("", None)]):
                path = filled(pattern, **places, **({unit: code} if unit else {}))
                plain = urllib.parse.unquote(code) if code else None
                allowed = person is not None if permission == "signed-in" else judge.allows(person, permission, plain)
                for asked in ("GET", "HEAD") if method == "GET" else ("POST",):
                    # A form without its token goes no further than the gate: 403 of the form is told by its words.
                    answer = browser.ask(asked, path, *((b"key=" + fresh_key().encode(), FORM) if asked == "POST"
                                                        else ()))
                    status = answer.status
                    if asked == "POST" and status == 403 and "The form could not be used" in answer.text:
                        status = 200
                    arm.look(judged(status, allowed, person, asked), f"person {person} {asked} {path} ({which})",
                             f"{answer.status}, and the plan says {'yes' if allowed else 'no'}")
        # Nobody comes in by an address that is no route, or another method.
        for path in ("/people/nobody", "/audit/1", "/units/1.1.01/postings/x", "/import/jobs", "/plan/adopt/x"):
            arm.look(browser.get(path).status in (404, 405, 303), f"person {person} {path}", "is there")
    differs = changed(before, house.content())
    arm.look(not differs, "the database", f"was changed by forms without a token: {differs}")
    arm.note(f"{len(people)} people, {len(rows)} addresses, {len(units)} kinds of unit")


def spellings(arm, house):
    """The same address in other spellings opens nothing more."""
    leader = Browser(house).enter(1)
    for path in ("/audit", "/audit.csv", "/units/1.1.02/postings", "/people/2/data.json", "/import", "/rounds/make"):
        arm.look(leader.get(path).status == 403, path, "opens")
        last = path.rsplit("/", 1)
        for other in (path + "/", "/" + path, path.upper(), path + "?", path + "#x", path + ";x", path + "%20",
                      path + "%00",
                      path.replace("/", "/./"), path.replace("/", "//"), "/units/.." + path, "/assets/.." + path,
                      "/assets/..%2f" + path[1:], "/%2e" + path,
                      last[0] + "/%" + f"{ord(last[1][0]):02x}" + last[1][1:],
                      path + "?unit=1.1.01", path + "?unit=1.1.01&unit=1.1.02", path + "/..", path + "/.",
                      path + "/%2e%2e",
                      path.replace("1.1.02", "1.1.01%2f..%2f1.1.02"), path.replace("1.1.02", "%31.1.02")):
            answer = leader.get(other)
            fits = answer.status in (400, 403, 404, 303)
            # The front page or one's own unit may answer; what is forbidden may not.
            arm.look(fits or answer.status == 200 and "/.." in other, f"GET {other}",
                     f"{answer.status} to a unit's leader")
            arm.look(answer.status < 500, f"GET {other}", f"{answer.status}")
    for name in ("X-HTTP-Method-Override", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL"):
        answer = leader.ask("GET", "/units", headers=[(name, "/audit")])
        arm.look("Anchor" not in answer.text, name, "opens the trail")


def extras(arm, house):
    """More fields than a form has, and fields that come twice (36, 37; V15.3.3, V15.3.7)."""
    administrator, leader, finance = Browser(house).enter(18), Browser(house).enter(1), Browser(house).enter(8)
    more = {"person_id": "1", "id": "1", "tenant": "other", "is_removed": "1", "status": "final",
            "kind": "administrator",
            "way": "password", "recorded_at": "0", "version": "9", "role": "administrator", "may": "all", "unit": "1"}
    administrator.post("/people/enter", {"name": "Ekstra", "email": "", **more})
    row = house.select("SELECT tenant, person_id, is_removed FROM people_person ORDER BY person_id DESC LIMIT 1")[0]
    arm.look(row[0] == "municipality" and row[1] > 18 and row[2] == 0, "POST /people/enter",
             f"took extra fields: {row}")
    held = house.select("SELECT count(*) FROM people_holding WHERE person_id = ?", row[1])[0][0]
    arm.look(held == 0, "POST /people/enter", "gave a position")
    # A leader gives what is not the leader's, in another's name, or to itself.
    given = lent()
    count = "SELECT count(*) FROM people_delegation"
    before = house.select(count)
    for name, fields in (
        ("another's position", {**given, "position": "8"}), ("the administrator's", {**given, "position": "18"}),
        ("a decision of others", {**given, "decision": "audit.read"}), ("no decision", {**given, "decision": ""}),
        ("the right to delegate", {**given, "decision": "competence.delegate"}),
        ("to itself", {**given, "person": "1"}),
        ("to nobody", {**given, "person": "99999"}), ("all decisions", {**given, "decision": "*"}),
        ("two decisions", {**given, "decision": "postings.read,audit.read"}), ("without end", {**given, "through": ""}),
        ("backwards", {**given, "from": "2030-12-31", "through": "2026-01-01"}),
    ):
        answer = leader.post("/plan/delegate", fields)
        arm.look(answer.status in (403, 404, 422) and house.select(count) == before, f"delegating: {name}",
                 f"{answer.status}")
    leader.post("/plan/delegate", given)
    number = house.select("SELECT max(delegation_id) FROM people_delegation")[0][0]
    for person in (2, 8, 18):
        answer = Browser(house).enter(person).post("/plan/withdraw", {"delegation": number})
        arm.look(answer.status in (403, 404), f"person {person}", f"withdraws another's delegation: {answer.status}")
    # Of a field that comes twice, one counts everywhere: the first.
    token = "token=" + urllib.parse.quote(administrator.token)
    for name, body, status in (
        ("two tokens, wrong first", "token=wrong&" + token, 403),
        ("two tokens, right first", token + "&token=wrong", 303)):
        answer = administrator.ask("POST", "/people/enter", f"{body}&key={fresh_key()}&name=To&name=Tre", FORM)
        arm.look(answer.status == status, name, f"{answer.status}")
    name = house.select("SELECT person_name FROM people_person ORDER BY person_id DESC LIMIT 1")[0][0]
    arm.look(name == "To", "two names", f"kept {name}")
    answer = administrator.ask("POST", "/people/enter?name=Fra&key=" + fresh_key(), f"{token}&key={fresh_key()}", FORM)
    arm.look(answer.status == 422, "a name in the address", f"{answer.status}")
    # A key that was used for one thing is no key to another.
    key = fresh_key()
    administrator.post("/people/enter", {"name": "Nøgle", "key": key})
    answer = administrator.post("/people/position", {"kind": "auditor", "from": "2026-01-01", "through": "",
                                                     "key": key})
    arm.look(answer.status >= 400 and answer.status != 500, "a key used twice", f"{answer.status}")
    count = "SELECT count(*) FROM people_person"
    before = house.select(count)
    administrator.post("/people/enter", {"name": "Nøgle", "key": key})
    arm.look(house.select(count) == before, "the same form again", "takes effect twice")
    page = finance.post("/rounds/make", {"year": "2025", "kind": "preliminary", "status": "final", "approved": "yes"})
    arm.look(re.search(r'name="kind"[^>]*value="final"', page.text) is None, "POST /rounds/make", "took a status")


CHECKS = [
    ("role by route by method by unit (33, 34; V8.2.1-2)", matrix),
    ("other spellings of an address (33)", spellings),
    ("extra and repeated fields, others' things (36, 37, 38; V15.3.3, V15.3.7)", extras),
]


def promoted(paths):
    """A gate that lets somebody in as somebody else, at some addresses."""
    def make(house):
        cookie = "__Host-styrehus=" + Browser(house).enter(8).session
        auditor = "__Host-styrehus=" + Browser(house).enter(17).session

        def ask(asked):
            if "__Host-" in asked.get("Cookie") and re.search(paths, asked.target):
                asked.set("Cookie", (auditor if "audit" in asked.path else cookie) + "; __Host-language-styrehus=en")
        return meddling(ask)(house)
    return make


def stricter(asked, answer):
    """A gate that keeps out whom the plan lets in."""
    if asked.path == "/audit.csv" and answer.status == 200:
        answer.status = 403


def last_counts(asked):
    """Of a field that comes twice, the last counts."""
    if asked.method == "POST" and FORM in asked.get("Content-Type"):
        fields = dict(urllib.parse.parse_qsl(asked.body.decode(), keep_blank_values=True))
        asked.with_body(urllib.parse.urlencode(fields).encode())


PLANTS = [
    Plant("other units' postings can be read", matrix, promoted(r"/units/.*/postings"), "the plan says no"),
    Plant("one route has no gate", matrix, promoted(r"^/audit\.csv"), "/audit.csv"),
    Plant("the gate keeps out whom the plan lets in", matrix, meddling(answer=stricter), "the plan says yes"),
    Plant("a spelling opens the trail", spellings, promoted(r"^/audit/$"), "/audit/"),
    Plant("of two tokens the last counts", extras, meddling(ask=last_counts), "two tokens"),
]
