"""Markup in every field that is stored or shown again, and formulas in what is exported."""

import csv
import io
import re
import urllib.parse

from meddler import meddling
from pages import Shape, every_get, harvest
from payloads import FORMULAS, MARK, XSS
from rig import Plant, demo
from wire import Browser

DANGEROUS = {"script", "iframe", "object", "embed", "base", "math", "style", "marquee", "applet", "frame", "xmp",
             "plaintext"}


def open_house():
    return demo()


def looked_at(arm, where, answer):
    """Whether a page holds an element or an attribute that came from a field."""
    shape = Shape(answer.text)
    bad = []
    for tag, attributes in shape.tags:
        if MARK in tag or tag in DANGEROUS:
            bad.append(f"<{tag}>")
        for name, value in attributes:
            plain = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if MARK in name or name.startswith("on") or name == "style" and MARK in plain:
                bad.append(f"<{tag} {name}>")
            if name in ("href", "src", "action", "formaction", "xlink:href", "srcset", "data"):
                if re.match(r"(javascript|data|vbscript):", plain) or re.match(rf"(https?:)?//[^/]*{MARK}", plain):
                    bad.append(f"<{tag} {name}={plain[:40]}>")
            if name == "http-equiv" and plain != "refresh":
                bad.append(f"<{tag} {name}>")
    # A field may end a comment or a text that a parser reads past.
    if re.search(rf"<[/!?]?\s*{MARK}", answer.text, re.I):
        bad.append("the bare mark in front of a bracket")
    arm.look(not bad, where, f"{answer.status}: {', '.join(sorted(set(bad))[:4])}")
    return MARK in "".join(shape.words) or any(MARK in (value or "") for _, pairs in shape.tags for _, value in pairs)


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def single(text):
    return re.sub(r"[\x00-\x08\x0a-\x1f]", "", text)


def planted(house, texts):
    """Puts texts into everything that is stored: people, positions, units, budgets, postings, file names, the plan.
    Gives what was taken of each."""
    administrator, finance, secretariat = (Browser(house).enter(person) for person in (18, 8, 9))
    taken = {}

    def count(field, answer):
        taken[field] = taken.get(field, 0) + (answer.status in (200, 303))
        return answer
    # Forms take a text as it is; a file's cells have no line ends.
    for index, text in enumerate(texts):
        count("person", administrator.post("/people/enter", {"name": text[:190], "email": text[:190]}))
        period = {"from": "2026-01-01", "through": ""}
        count("place", administrator.post("/people/position",
                                          {"kind": "committeeMember", "place": text[:190], **period}))
        name = single(text)[:100] + ".csv"
        budget = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n" + "".join(
            f"{2000 + number};{quoted(single(one))};{1000 + index},00;500,00;0,00\n" for number,
            one in enumerate(texts))
        if index < 12:
            looked = finance.post("/import/preview", {"kind": "budget", "year": str(2031 + index), "profile": "native"},
                                  {"file": (name, budget.encode())})
            count("file name, waiting", looked)
            arm_page.append((f"a waiting file {index}", looked))
            done = finance.post("/import/confirm", {"ticket": looked.hidden("ticket")})
            follow(finance, done)
            count("unit's name, file name", done)
    ledger = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n" + "".join(
        f"{number + 1};15.01.2031;2000;3.22.01;1.1;{quoted(single(one))};10,00\n" for number, one in enumerate(texts))
    looked = finance.post("/import/preview", {"kind": "ledger", "year": "2031", "profile": "native"},
                          {"file": ("l.csv", ledger.encode())})
    count("posting's text, waiting", looked)
    arm_page.append(("a waiting ledger", looked))
    done = finance.post("/import/confirm", {"ticket": looked.hidden("ticket")})
    follow(finance, done)
    count("posting's text", done)
    made = finance.post("/rounds/make", {"year": "2031", "kind": "preliminary"})
    arm_page.append(("a round to be made", made))
    follow(finance, finance.post("/rounds/make/confirm", {
        "year": "2031", "kind": "preliminary", "inputs": made.hidden("inputs")}))
    # A file that cannot be read is told of in its own words.
    for number, one in enumerate(texts):
        cell = quoted(single(one))
        broken = f"Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n{cell};x;{cell};y;0,00\n"
        arm_page.append((f"a broken file {number}", finance.post("/import/preview", {
            "kind": "budget", "year": "2031", "profile": "native"}, {"file": (single(one), broken.encode())})))
        if number % 8 == 0:
            plan = f"id: x\nname: {{ da: {quoted(single(one))}, en: b }}\n{single(one)}: 1\n"
            arm_page.append((f"a broken plan {number}", secretariat.post("/plan/adopt", {
                "decided": "2026-01-01", "from": "2026-01-01", "reference": one[:190]},
                {"file": (single(one), plan.encode())})))
    return taken


arm_page = []


def follow(browser, answer):
    while answer.status == 303 and "/jobs/" in answer.location:
        answer = browser.get(answer.location)
        if answer.status == 200 and "Look again" not in answer.text:
            break
        if answer.status == 200:
            answer.status, answer.fields = 303, [("Location", "/import/jobs/" + answer.text.split("/jobs/")[1][:32])]


def adopted(house, texts):
    """A plan whose names, conditions and reference are the texts."""
    from pages import Plan
    plan, number = Plan().text, 0

    def name(found):
        nonlocal number
        number += 1
        text = single(texts[number % len(texts)]).replace("\\", "\\\\").replace('"', '\\"')
        return f'{found.group(1)}"{text}"'
    text = re.sub(r"(?m)^(\s+(?:da|en): ).*$", name, plan)
    answer = Browser(house).enter(9).post(
        "/plan/adopt", {"decided": "2026-01-01", "from": "2026-01-01", "reference": texts[3][:190]},
        {"file": (single(texts[5]), text.encode())})
    return answer


def stored(arm, house):
    """Texts in what is stored; then every page that there is, as everybody who sees something."""
    texts = XSS[::6] if arm.is_short else XSS
    arm_page.clear()
    taken = planted(house, texts)
    arm.note("taken: " + ", ".join(f"{field} {count}" for field, count in taken.items()))
    for field, count in taken.items():
        arm.look(count > 0, field, "none of the texts was taken, so nothing was looked at")
    answer = adopted(house, texts)
    arm.note(f"a plan with such names: {answer.status}")
    arm_page.append(("a plan", answer))
    for where, answer in arm_page:
        looked_at(arm, where, answer)
    seen = 0
    for person in (18, 8, 17) if arm.is_short else (1, 8, 9, 17, 18):
        browser = Browser(house).enter(person)
        special = ["/units/2000", "/units/2000/postings", "/people", "/audit", "/plan", "/import", "/units",
                   "/plan/compare",
                   "/rounds/2031-1", "/units/2000?round=2031-1", "/units/2000/postings?round=2031-1",
                   "/units?round=2031-1",
                   "/plan/compare?before=0&after=1", "/?round=2031-1"]
        for language in ("en",) if arm.is_short else ("en", "da"):
            browser.cookies["__Host-language-styrehus"] = language
            for path, answer in harvest(browser, 60 if arm.is_short else 220, special + every_get(browser)).items():
                if "html" in answer.get("Content-Type"):
                    seen += looked_at(arm, f"person {person} GET {path}", answer)
                    arm.look(answer.status < 500, path, f"{answer.status}")
    arm.look(seen > 5, "pages", f"only {seen} show any of the texts")
    arm.note(f"{len(texts)} texts; {seen} pages show some of them")


def echoed(arm, house):
    """Texts in what a page says again: every parameter of every link and form, the path, and the form of the door."""
    texts = XSS[::6] if arm.is_short else XSS
    browser = Browser(house).enter(17)
    targets = {}
    for path, answer in harvest(browser, 120).items():
        parts = urllib.parse.urlsplit(path)
        route = re.sub(r"\d[\d.\-]*", "0", parts.path)
        for name, _ in urllib.parse.parse_qsl(parts.query, keep_blank_values=True):
            targets.setdefault((route, name), parts.path)
        if "html" in answer.get("Content-Type"):
            for name in Shape(answer.text).fields:
                if name not in ("token", "key"):
                    targets.setdefault((route, name), parts.path)
    arm.note(f"{len(targets)} parameters of {len({path for path in targets.values()})} pages, {len(texts)} texts")
    shown = 0
    for number, text in enumerate(texts):
        value = urllib.parse.quote(text)
        for index, ((_, name), path) in enumerate(targets.items()):
            # Every parameter gets every text in the long form's eight turns over the pages; every third in each.
            if (index + number) % (4 if arm.is_short else 2) == 0:
                answer = browser.get(f"{path}?{urllib.parse.quote(name)}={value}")
                if "html" in answer.get("Content-Type"):
                    shown += looked_at(arm, f"GET {path}?{name}={text[:40]}", answer)
        for path in ("/login?next=" + value, f"/{value}", f"/units/{value}", f"/rounds/{value}", f"/model/{value}",
                     f"/units?{value}=1&q={value}", f"/import/jobs/{value}", f"/invitation/{value}"):
            shown += looked_at(arm, f"GET {path[:60]}", browser.get(path))
        if number % 3 == 0:
            door = Browser(house, f"127.77.{number}.9").knock()
            shown += looked_at(arm, "POST /login", door.post("/login", {"user": text, "password": "x", "next": text}))
    arm.look(shown > 10, "pages", f"only {shown} say any of the texts again")


def exports(arm, house):
    """Formulas in cells are defused in every file that is handed out, and amounts stay numbers (46)."""
    administrator, finance = Browser(house).enter(18), Browser(house).enter(8)
    for text in FORMULAS:
        administrator.post("/people/enter", {"name": "x" + text, "email": text})
        administrator.post("/people/enter", {"name": text, "email": ""})
        administrator.post("/people/position", {"kind": "committeeMember", "place": text, "from": "2026-01-01",
                                                "through": ""})
    cells = [text for text in FORMULAS if "\n" not in text and "\r" not in text]
    budget = "Aftaleenhed;Navn;Lønbudget;Øvrigbudget;Overførsel\n" + "".join(
        f"{2000 + number};{quoted(text)};1000,00;500,00;0,00\n" for number, text in enumerate(cells))
    ledger = "Bilagsnr;Bogføringsdato;Aftaleenhed;Funktion;Art;Tekst;Beløb\n" + "".join(
        f"{number + 1};15.01.2044;2000;3.22.01;1.1;{quoted(text)};-10,00\n" for number, text in enumerate(cells))
    for kind, content in (("budget", budget), ("ledger", ledger)):
        looked = finance.post("/import/preview", {"kind": kind, "year": "2044", "profile": "native"},
                              {"file": ("=1+1.csv", content.encode())})
        follow(finance, finance.post("/import/confirm", {"ticket": looked.hidden("ticket")}))
    made = finance.post("/rounds/make", {"year": "2044", "kind": "preliminary"})
    follow(finance, finance.post("/rounds/make/confirm", {
        "year": "2044", "kind": "preliminary", "inputs": made.hidden("inputs")}))
    auditor, found = Browser(house).enter(17), 0
    for path in ("/units.csv?round=2044-1", "/units/2000/postings.csv?round=2044-1", "/audit.csv",
                 "/units/2000/postings.csv"):
        answer = auditor.get(path)
        if not arm.look(answer.status == 200, path, f"{answer.status}"):
            continue
        text = answer.body.decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text), delimiter=";"):
            for cell in row:
                found += "1+1" in cell
                risky = cell[:1] in tuple("=+-@\t\r\n") and not re.fullmatch(r"[-+]?[\d.]*\d(,\d+)?", cell)
                arm.look(not risky, path, f"a cell is {cell[:40]!r}")
    arm.look(found > 5, "exports", f"only {found} cells hold what was planted")


CHECKS = [
    (f"stored texts, of {len(XSS)} (42; V1.2.1-3)", stored),
    (f"texts that are said again, of {len(XSS)} (42)", echoed),
    ("formulas in exports (46; V1.2.10)", exports),
]


def unescaped(where, old="&lt;", new="<"):
    """A page that shows a text as it came."""
    def change(asked, answer):
        if re.search(where, asked.path) and MARK.encode() in answer.body:
            answer.body = answer.body.replace(old.encode(), new.encode())
            answer.fields = [(name, str(len(answer.body)) if name == "Content-Length" else value)
                             for name, value in answer.fields]
    return meddling(answer=change)


def plain_cells(asked, answer):
    if "csv" in answer.get("Content-Type"):
        answer.body = re.sub(rb"'([=+@-])", rb"\1", answer.body)
        answer.fields = [(name, str(len(answer.body)) if name == "Content-Length" else value)
                         for name, value in answer.fields]


PLANTS = [
    Plant("the page of people does not escape", stored, unescaped("^/people$"), "/people"),
    Plant("the page of the trail does not escape", stored, unescaped("^/audit$"), "/audit"),
    Plant("the page of a unit's postings does not escape", stored, unescaped("/postings$"), "/postings"),
    Plant("a page says a parameter again as it came", echoed, unescaped("^/plan/ask$", "&quot;", '"'), "/plan/ask"),
    Plant("the page of the door does not escape", echoed, unescaped("^/login$", "&quot;", '"'), "/login"),
    Plant("formulas are not defused", exports, meddling(answer=plain_cells), "a cell is"),
]
