"""What else can be sent: pieces of SQL, paths, numbers, and letters of every kind."""

import html
import re
import time
import urllib.parse
from pathlib import Path

from accounts import decision
from meddler import meddling
from pages import Shape, harvest
from payloads import SQL
from rig import ROOM, Plant, changed, demo, is_whole
from wire import Answer, Browser, fresh_key, multipart, shown


def open_house():
    return demo()


def parameters(browser, most):
    """Every parameter of every link and form, with an address that it belongs to."""
    targets = {}
    for path, answer in harvest(browser, most).items():
        parts = urllib.parse.urlsplit(path)
        route = re.sub(r"\d[\d.\-]*", "0", parts.path)
        names = [name for name, _ in urllib.parse.parse_qsl(parts.query, keep_blank_values=True)]
        if "html" in answer.get("Content-Type"):
            names += [name for name in Shape(answer.text).fields if name not in ("token", "key", "file")]
        for name in names:
            targets.setdefault((route, name), parts.path)
    return sorted((path, name) for (_, name), path in targets.items())


def bare(answer, value):
    """What a page says, without what it says again of the value, and without what is new every time."""
    if 'action="/audit"' in answer.text:
        # The page of the trail tells of every visit to itself: how many entries it lists says whether they fit.
        return answer.text.count("<tr")
    text = shown(answer) if "html" in answer.get("Content-Type") else answer.text
    for piece in (value, urllib.parse.quote(value), value.replace("'", "&#39;"), value.replace("'", "’")):
        text = text.replace(piece, "")
    return re.sub(r"\d", "", text)


def sql(arm, house):
    """Two texts that differ for SQL alone get the same answer; none breaks a page, takes long or changes anything."""
    before = house.content()
    for person in (17,) if arm.is_short else (17, 8, 18):
        browser = Browser(house).enter(person)
        targets = parameters(browser, 100)
        places = ["/units/{}", "/units/{}/postings", "/rounds/{}", "/model/{}", "/import/jobs/{}",
                  "/people/{}/data.json",
                  "/invitation/{}"]
        arm.note(f"person {person}: {len(targets)} parameters and {len(places)} places in paths")
        for path in [f"{path}?{name}={{}}" for path, name in targets] + places:
            def ask(value):
                began = time.monotonic()
                answer = browser.get(path.format(urllib.parse.quote(value, safe="")))
                return answer, time.monotonic() - began
            for probe in SQL[::4] if arm.is_short else SQL:
                answer, seconds = ask("1" + probe)
                arm.look(answer.status < 500, f"GET {path} with {probe}", f"{answer.status}")
                arm.look(seconds < 3, f"GET {path} with {probe}", f"took {seconds:.1f} s")
                said = html.unescape(shown(answer)).replace(probe, "")
                told = re.search(r"sqlite|syntax error|no such (table|column)|SELECT .* FROM", said)
                arm.look(not told, f"GET {path} with {probe}", "an error of the database is shown")
            for one, other in (("1' AND '1'='1", "1' AND '1'='2"), ("x' OR '1'='1", "x' OR '1'='2"),
                               ("1 AND 1=1", "1 AND 1=2"),
                               ("x\" OR \"1\"=\"1", "x\" OR \"1\"=\"2")):
                first, second = ask(one)[0], ask(other)[0]
                arm.look(first.status == second.status and bare(first, one) == bare(second, other), f"GET {path}",
                         f"a true and a false condition are answered differently: {one}")
    # Forms: what is stored is what was typed.
    administrator = Browser(house).enter(18)
    for probe in SQL:
        administrator.post("/people/enter", {"name": "navn" + probe, "email": ""})
        kept = house.select("SELECT person_name FROM people_person ORDER BY person_id DESC LIMIT 1")[0][0]
        arm.look(kept == ("navn" + probe).strip(), "POST /people/enter", f"{probe} was kept as {kept}")
        for path, fields in (("/people/appoint", {"person": probe, "position": probe}),
                             ("/people/leave", {"holding": probe}),
                             ("/people/remove", {"person": "5" + probe if probe else "x"}),
                             ("/people/position", {"kind": probe}),
                             ("/people/end-sessions", {"person": probe}), ("/people/invite", {"person": probe})):
            answer = administrator.post(path, {"from": "2026-01-01", "through": "", **fields})
            arm.look(answer.status == 422, f"POST {path} with {probe}", f"{answer.status}")
        door = Browser(house, f"127.66.{SQL.index(probe)}.1").knock()
        answer = door.post("/login", {"user": probe, "password": probe, "next": "/"})
        arm.look(answer.status in (422, 429), f"POST /login with {probe}", f"{answer.status}")
    differs = [name for name in changed(before, house.content()) if name not in ("people_person", "database_command")]
    arm.look(not differs, "the database", f"changed: {differs}")


PATHS = ("../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc%2fpasswd", "..%252f..%252fetc%252fpasswd",
         "%2e%2e/%2e%2e/etc/passwd",
         "....//....//etc/passwd", "..\\..\\..\\etc\\passwd", "..%5c..%5cetc%5cpasswd", "..%c0%af..%c0%afetc/passwd",
         "..%00/etc/passwd", "/etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd", "styrehus.css%00.png",
         "..;/..;/etc/passwd",
         "~root/.bashrc", "%uff0e%uff0e/etc/passwd", "..%ef%bc%8fetc/passwd", "styrehus.sqlite", "../styrehus.sqlite",
         "styrehus.css/../../access.txt", "proc/self/environ", "../../proc/self/environ", "C:\\boot.ini",
         "\\\\host\\share")


def paths(arm, house):
    """No path leads out of what is served, in, by or to a file (44)."""
    browser, finance = Browser(house).enter(17), Browser(house).enter(8)
    for path in PATHS:
        for start in ("/assets/", "/", "/units/", "/model/", "/rounds/", "/import/jobs/", "/units/1.1.01/",
                      "/import/done?import="):
            answer = browser.get(start + urllib.parse.quote(path, safe="%/.;:~\\"))
            arm.look(answer.status in (200, 303, 400, 403, 404, 410), f"GET {start}{path}", f"{answer.status}")
            arm.look("root:" not in answer.text and b"SQLite format" not in answer.body
                     and "LC_ALL=" not in answer.text,
                     f"GET {start}{path}", "a file of the machine")
    for name in ("model", "round", "profile", "lang", "before", "after", "year"):
        for path in PATHS[:6]:
            for start in ("/", "/model/compare", "/units.csv", "/plan/compare", "/rounds"):
                answer = browser.get(f"{start}?{name}={path}")
                arm.look(answer.status < 500 and "root:" not in answer.text, f"GET {start}?{name}={path}",
                         f"{answer.status}")
    # Names of files that are sent, and what the server has on the disk then.
    known = {str(path) for path in ROOM.rglob("*")} | {str(path) for path in Path("/tmp").glob("*")}
    budget = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n1001;E;1000,00;500,00;0,00\n".encode()
    for path in PATHS:
        for profile in ("native", path):
            body, kind = multipart({"token": finance.token, "key": "k" * 20 + str(PATHS.index(path)), "kind": "budget",
                                    "year": "2033", "profile": profile}, {"file": (path, budget)})
            answer = finance.ask("POST", "/import/preview", body, kind)
            arm.look(answer.status < 500 and "root:" not in answer.text, f"a file named {path}, profile {profile}",
                     f"{answer.status}")
    new = {str(path) for path in ROOM.rglob("*")} - known
    arm.look(not new, "the disk", f"new files: {new}")
    for path in ("/units.csv", "/me/data.json", "/audit.csv", "/units/1.1.01/postings.csv", "/people/2/data.json"):
        for tail in ("", "?name=../../x%22;y", "?round=%22%0d%0a"):
            found = browser.get(path + tail).get("Content-Disposition")
            arm.look(not found or re.fullmatch(r'attachment; filename="[A-Za-z0-9._-]+"', found), path + tail, found)


NUMBERS = ("9223372036854775807", "9223372036854775808", "-9223372036854775809", "99999999999999999999999999", "1e400",
           "1e5", "NaN",
           "Infinity", "-0", "-1", "0x10", "1.5", "1,5", "1.234,56", "1,234.56", "\u22125", "\u0661\u0662",
           "\uff11\uff12", "²", "½",
           "1 000", "1\u00a0000", "1_000", "+1", " 1 ", "", "null", "true", "1" * 5000, "00000000000000000001", "٣",
           "Ⅷ")


def numbers(arm, house):
    """Numbers at every end: told, never an error of ours, and never read as another number (50; V1.4.2, V2.2.1)."""
    browser, finance, administrator = (Browser(house).enter(person) for person in (17, 8, 18))
    # So that a person could be removed by a number that is read as another.
    Browser(house).enter(9).post("/privacy/decide", decision())
    for path, name in parameters(browser, 60 if arm.is_short else 150):
        for number in NUMBERS:
            answer = browser.get(f"{path}?{name}={urllib.parse.quote(number)}")
            arm.look(answer.status < 500, f"GET {path}?{name}={number[:30]}", f"{answer.status}")
    before = house.content()
    for number in NUMBERS:
        for who, path, field, more in (
            (finance, "/rounds/make", "year", {"kind": "preliminary"}), (administrator, "/people/remove", "person", {}),
            (administrator, "/people/appoint", "person", {"position": "1", "from": number, "through": number}),
            (administrator, "/people/leave", "holding", {"through": number}),
            (administrator, "/people/position", "kind", {"from": number, "through": "2026-13-45"}),
        ):
            answer = who.post(path, {**more, field: "x" if number.strip("+ 0") == "1" else number})
            arm.look(400 <= answer.status < 500 or number == "²" and answer.status < 500,
                     f"POST {path} {field}={number[:30]}",
                     f"{answer.status}")
    differs = changed(before, house.content())
    arm.look(not differs, "the database", f"changed: {differs}")
    # Amounts in files: exact, or told; an amount that is none is never kept as one.
    good = {"1000,00": 100_000, "-0,01": -1, "92233720368547758,07": 9223372036854775807, "0": 0, "1.234,56": 123_456,
            "(5)": -500}
    for year, amount in enumerate((*good, *NUMBERS, "92233720368547758,08", "-92233720368547758,09", "1,234.56,7",
                                   "1,005"), 2040):
        rows = f"Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n1001;E;{amount};0,00;0,00\n".encode()
        answer = finance.post("/import/preview", {"kind": "budget", "year": str(year), "profile": "native"},
                              {"file": ("b.csv", rows)})
        arm.look(answer.status in (200, 422), f"the amount {amount[:30]}", f"{answer.status}")
        if answer.status != 200:
            arm.look(amount not in ("1000,00", "0"), f"the amount {amount}", "is refused")
            continue
        finance.post("/import/confirm", {"ticket": answer.hidden("ticket")})
        time.sleep(0.02)
        kept = house.select("SELECT b.pay_ore FROM ledger_import_budget b"
                            " JOIN ledger_import_file f ON f.import_id = b.import_id"
                            " WHERE f.fiscal_year = ?", year)
        if kept and amount in good:
            arm.look(kept[0][0] == good[amount], f"the amount {amount}", f"is kept as {kept[0][0]} øre")
        elif kept:
            plain = amount.strip().replace("\u2212", "-").replace(".", "").replace(" ", "").replace("\u00a0",
                                                                                                    "").replace(",",
                                                                                                                ".")
            try:
                arm.look(abs(float(plain) * 100 - kept[0][0]) < 1, f"the amount {amount[:30]}",
                         f"is kept as {kept[0][0]} øre")
            except ValueError:
                arm.look(False, f"the amount {amount[:30]}", f"is kept as {kept[0][0]} øre")
    # A share and an amount in words of money, where the page says whether somebody may: 4,5 % is within 5 %.
    leader = Browser(house).enter(1)
    for share, fits in (("5", True), ("6", False), ("4", True), ("4,5", True), ("5,0", True), ("4.5", True),
                        ("5,1", False),
                        ("0,6", True), ("-3", None), ("1e1", None), ("ti", None), ("½", None)):
        said = shown(leader.get("/plan/ask?decision=economy.reallocateFromPay&unit=1.1.01&share="
                                + urllib.parse.quote(share)))
        yes = "over your limit" not in said
        if fits is not None:
            arm.look(yes == fits, f"may I move {share} %",
                     f"the page says {'yes' if yes else 'no'}, it is over the limit")
        else:
            arm.look("Yes" not in said.split("Decision")[0], f"may I move {share} %",
                     "the page says yes to what is no number")


LETTERS = {
    "NUL": b"a%00b", "half a letter": b"a%c3", "a lone surrogate": b"%ed%a0%80", "too long a form": b"%c0%ae",
    "no UTF-8": b"%ff%fe",
    "beyond Unicode": b"%f5%80%80%80", "apart": b"e%cc%81", "right to left": b"a%e2%80%aeb", "no width": b"a%e2%80%8bb",
    "a mark of order": b"%ef%bb%bfa", "a private letter": b"%ee%80%80", "no letter": b"%ef%bf%bf",
    "a family": b"%f0%9f%91%a8%e2%80%8d"
    b"%f0%9f%91%a9", "many accents": b"a" + b"%cc%81" * 300, "bell": b"a%07b", "delete": b"a%7fb",
    "escape": b"a%1b[31mb",
    "line ends": b"a%0d%0ab", "a line's own end": b"a%e2%80%a8b", "a cut percent": b"a%2",
    "a percent of nothing": b"a%zzb"}


def letters(arm, house):
    """Letters of every kind, at every place: told or kept as they are, never a fault of ours; and the trail is whole
    after them (51; V1.1.1)."""
    administrator, leader, finance, secretariat = (Browser(house).enter(person) for person in (18, 1, 8, 9))
    for name, text in LETTERS.items():
        value = text.decode("latin-1")
        for who, path in ((leader, f"/units/{value}"), (leader, f"/units/{value}/postings"),
                          (administrator, f"/people/{value}/data.json"),
                          (leader, f"/rounds/{value}"), (leader, f"/model/{value}"),
                          (finance, f"/import/jobs/{value}"), (leader, f"/{value}"),
                          (leader, f"/invitation/{value}"), (leader, f"/units?q={value}"),
                          (leader, f"/plan/ask?decision={value}&unit={value}"),
                          (leader, f"/login?next=/{value}"), (leader, f"/?{value}={value}"),
                          (leader, f"/units?round={value}"),
                          (leader, f"/units/1.1.01/postings?q={value}&text={value}")):
            answer = who.get(path)
            arm.look(answer.status < 500, f"GET {path.replace(value, '…')} with {name}", f"{answer.status}")
        for who, path, field, more in (
            (administrator, "/people/enter", "name", "email=x"), (administrator, "/people/enter", "email", "name=x"),
            (administrator, "/people/position", "place", "kind=committeeMember&from=2026-01-01"),
            (leader, "/plan/delegate", "decision", ""),
            (administrator, "/people/invite", "person", ""), (finance, "/rounds/make", "year", "kind=preliminary"),
            (finance, "/import/confirm", "ticket", ""),
        ):
            body = f"token={who.token}&key={fresh_key()}&{more}&{field}={value}"
            answer = who.ask("POST", path, body.encode("latin-1"), "application/x-www-form-urlencoded")
            arm.look(answer.status < 500, f"POST {path} {field} with {name}", f"{answer.status}")
        raw = urllib.parse.unquote_to_bytes(text)
        head = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n1001;".encode()
        for content in (head + raw + b";1,00;1,00;0,00\n", raw):
            answer = finance.post("/import/preview", {"kind": "budget", "year": "2039", "profile": "native"},
                                  {"file": (raw.decode("utf-8", "replace"), content)})
            arm.look(answer.status in (200, 400, 403, 422), f"a file with {name}", f"{answer.status}")
            if answer.hidden("ticket"):
                answer = finance.post("/import/confirm", {"ticket": answer.hidden("ticket")})
                arm.look(answer.status < 500, f"a file with {name}, confirmed", f"{answer.status}")
            answer = secretariat.post("/plan/adopt", {"decided": "2026-01-01", "from": "2026-01-01", "reference": "x"},
                                      {"file": ("p.yaml", b"id: " + content)})
            arm.look(answer.status in (400, 403, 422), f"a plan with {name}", f"{answer.status}")
    house.stop()
    is_good, words = is_whole(house)
    house.start()
    arm.look(is_good, "the trail", words)


CHECKS = [
    (f"SQL in every parameter, {len(SQL)} pieces (43; V1.2.4)", sql),
    ("paths (44; V5.3.2, V5.4.1-2)", paths),
    ("numbers (50; V1.4.2, V2.2.1)", numbers),
    ("letters (51; V1.1.1)", letters),
]


def naive(asked):
    """A database that is asked with what was typed."""
    query = urllib.parse.unquote(asked.target)
    if asked.path == "/units" and "' AND '1'='2" in query:
        return Answer(200, [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", "18")],
                      b"<main>none</main>\n")
    return None


def shows_error(asked, answer):
    if asked.path == "/audit" and "%27" in asked.target:
        answer.status = 500


def open_disk(asked):
    if "passwd" in asked.target and asked.path.startswith("/assets/"):
        body = b"root:x:0:0:root:/root:/bin/bash\n"
        return Answer(200, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))], body)
    return None


def wrapped(asked):
    """Reads a number that is too large as another."""
    if asked.path == "/people/remove":
        asked.with_body(asked.body.replace(b"9223372036854775808", b"5"))


def faulty(asked, answer):
    if "%07" in asked.target:
        answer.status = 500


PLANTS = [
    Plant("a condition that is typed reaches the database", sql, meddling(ask=naive), "answered differently"),
    Plant("a quotation mark breaks a page", sql, meddling(answer=shows_error), "/audit"),
    Plant("files of the machine are served", paths, meddling(ask=open_disk), "a file of the machine"),
    Plant("a number that is too large is read as another", numbers, meddling(ask=wrapped), "/people/remove"),
    Plant("a bell breaks a page", letters, meddling(answer=faulty), "bell"),
]
