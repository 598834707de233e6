"""What stands in front of every answer: headers, cookies, types, methods, redirects, and nothing from outside."""

import json
import re
import urllib.parse

from meddler import meddling
from pages import access, every_get, filled, harvest
from rig import Plant, demo
from wire import Broken, Browser, fresh_key

ROLES = {"leader": 1, "finance": 8, "auditor": 17, "administrator": 18}


def open_house():
    return demo("--host", "styrehus.example")


def everything(house, is_short):
    """Answers of every kind, with a name for each: pages, downloads, static, and every class of refusal."""
    stranger = Browser(house)
    yield from ((f"stranger GET {path}", stranger.get(path)) for path in every_get(stranger))
    for role, person in list(ROLES.items())[-2:] if is_short else ROLES.items():
        browser = Browser(house).enter(person)
        for path in every_get(browser):
            yield f"{role} GET {path}", browser.get(path)
        if not is_short:
            for path, answer in harvest(browser, 150).items():
                yield f"{role} GET {path}", answer
    browser = Browser(house).enter(8)
    for method, pattern, *_ in access():
        if method == "POST":
            yield f"POST {pattern} without token", browser.post(filled(pattern), {"a": "b"}, bare=True)
            yield f"POST {pattern} of no type", browser.ask("POST", filled(pattern), b"{}", "application/json")
    for name, ask in (
        ("404", ("GET", "/no-such-page")), ("404 below static", ("GET", "/assets/none.css")),
        ("405", ("PUT", "/units")), ("405 of static", ("DELETE", "/assets/styrehus.css")),
        ("410", ("GET", "/invitation/" + "1" * 64)), ("TRACE", ("TRACE", "/")), ("OPTIONS", ("OPTIONS", "/units")),
        ("HEAD", ("HEAD", "/units")), ("bad percent", ("GET", "/units/%ff%zz")), ("long", ("GET", "/?q=" + "a" * 9000)),
    ):
        yield name, browser.ask(*ask)
    yield "413", browser.post("/rounds/make", {"name": "x" * 70_000})
    yield "400 no host", Browser(house).ask("GET", "/", headers=[("Host", "")])
    yield "421 foreign host", Browser(house).ask("GET", "/", headers=[("Host", "evil.example")])


WANTED = {
    "Content-Security-Policy": lambda value: all(
        part in value for part in ("default-src 'none'", "object-src 'none'", "base-uri 'none'",
                                   "frame-ancestors 'none'",
                                   "form-action 'self'")) and "unsafe" not in value and "*" not in value,
    "X-Content-Type-Options": lambda value: value == "nosniff",
    "Referrer-Policy": lambda value: value in ("same-origin", "no-referrer", "strict-origin"),
    "Cross-Origin-Opener-Policy": lambda value: value == "same-origin",
    "Cross-Origin-Resource-Policy": lambda value: value == "same-origin",
    "Permissions-Policy": lambda value: "camera=()" in value,
}


def headers(arm, house):
    for where, answer in everything(house, arm.is_short):
        for name, is_good in WANTED.items():
            values = answer.all(name)
            arm.look(len(values) == 1 and is_good(values[0]), where, f"{answer.status} {name}: {values}")
        is_static = "/assets/" in where and answer.status == 200
        arm.look(is_static or answer.get("Cache-Control") == "no-store", where,
                 f"Cache-Control: {answer.all('Cache-Control')}")
        for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"):
            arm.look(not answer.all(name), where, f"{name}: {answer.get(name)}")


def types(arm, house):
    for where, answer in everything(house, True):
        kind = answer.get("Content-Type")
        if not answer.body:
            continue
        if not arm.look(kind, where, "a body of no type"):
            continue
        if not kind.startswith("image/"):
            arm.look("charset=utf-8" in kind, where, kind)
            try:
                answer.body.decode("utf-8")
            except UnicodeDecodeError as error:
                arm.look(False, where, f"not UTF-8: {error}")
        begins = answer.body.lstrip(b"\xef\xbb\xbf")[:15].lower()
        arm.look(("html" in kind) == begins.startswith(b"<!doctype html"), where, f"{kind}, and begins with {begins}")
        if "json" in kind:
            try:
                json.loads(answer.body)
            except ValueError as error:
                arm.look(False, where, f"not JSON: {error}")
        if "csv" in kind or "json" in kind:
            arm.look(answer.get("Content-Disposition").startswith('attachment; filename="'), where, "not an attachment")


def cookies(arm, house):
    stranger = Browser(house, language="da")
    stranger.cookies = {}
    sets = stranger.get("/login?lang=en").all("Set-Cookie")
    browser = Browser(house).knock()
    answer = browser.post("/login/demo", {"person": 1, "next": "/"})
    sets += answer.all("Set-Cookie")
    browser.settle()
    answer = browser.post("/logout")
    arm.look('"cache"' in answer.get("Clear-Site-Data"), "POST /logout", "no Clear-Site-Data")
    sets += answer.all("Set-Cookie")
    arm.look(len(sets) >= 4, "cookies", f"only {sets}")
    for cookie in sets:
        name, _, rest = cookie.partition("=")
        parts = {part.strip().lower() for part in rest.split(";")[1:]}
        arm.look(name.startswith("__Host-"), "V3.3.3", f"the name of {name} does not begin with __Host-")
        arm.look("secure" in parts, "V3.3.1", f"{name} is sent without Secure")
        # What a language is called is no secret, and scripts may know it.
        arm.look("httponly" in parts or "language" in name, "V3.3.4", f"{name} can be read by scripts")
        arm.look(any(part in parts for part in ("samesite=lax", "samesite=strict")), "V3.3.2",
                 f"{name} has no SameSite")
        arm.look(not any(part.startswith("domain") for part in parts), "V3.3.1", f"{name} names a domain")
        arm.look("path=/" in parts, "V3.3.3", f"{name} has another path than /")


def origins(arm, house):
    browser = Browser(house).enter(17)
    for path in every_get(browser):
        for origin in ("https://evil.example", "null"):
            answer = browser.get(path, Origin=origin, Access_Control_Request_Method="POST")
            arm.look("evil.example" not in str(answer.fields) and not answer.all("Access-Control-Allow-Origin"), path,
                     f"the foreign origin {origin} comes back in a header")


def methods(arm, house):
    browser = Browser(house).enter(17)
    for path in every_get(browser):
        for method in ("TRACE", "OPTIONS", "PROPFIND", "PUT", "PATCH", "DELETE", "TRACK", "CONNECT"):
            try:
                answer = browser.ask(method, path, headers=[("X-Canary", "canary-of-trace"), ("Connection", "close")])
            except Broken:
                arm.look(False, f"{method} {path}", "no answer")
                continue
            arm.look(answer.status in (400, 403, 404, 405, 501) and b"canary-of-trace" not in answer.body,
                     f"{method} {path}", f"{answer.status}")
        head, full = browser.ask("HEAD", path), browser.get(path)
        varying = ("date", "x-request-id", "set-cookie", "content-length", "transfer-encoding")
        both = [[(name.lower(), value) for name, value in answer.fields if name.lower() not in varying]
                for answer in (head, full)]
        arm.look(head.status == full.status and both[0] == both[1] and not head.body, f"HEAD {path}",
                 f"{head.status} {full.status} differ")


HIDDEN = (
    "/.git/config", "/.git/HEAD", "/.env", "/.svn/entries", "/.well-known/", "/assets/", "/assets", "/debug", "/status",
    "/server-status", "/docs", "/swagger.json", "/openapi.json", "/api", "/admin", "/console", "/actuator",
    "/phpinfo.php",
    "/backup.sql", "/styrehus.sqlite", "/demo.sqlite", "/Package.swift", "/Package.resolved", "/access.txt",
    "/robots.txt",
    "/health", "/health/", "/version", "/test", "/.DS_Store", "/crossdomain.xml", "/assets/access.txt")


def hidden(arm, house):
    stranger = Browser(house)
    for path in HIDDEN:
        answer = stranger.get(path)
        arm.look(answer.status in (404, 303), path, f"{answer.status}")
    for path in ("/health/live", "/health/ready"):
        arm.look(re.fullmatch(rb"\w+\n", stranger.get(path).body), path, "says more than a word")
    # Figures are there for machines; they must not tell who or what.
    marked = "canary-of-metrics"
    stranger.get(f"/units/{marked}?q={marked}")
    stranger.ask("GET", f"/{marked}", headers=[("User-Agent", marked), ("X-Request-Id", marked)])
    text = stranger.get("/metrics").text
    arm.look(marked not in text, "/metrics", "tells what visitors ask for")
    arm.look(not re.search(r"\d+\.\d+\.\d+", text), "/metrics", "tells versions")


ELSEWHERE = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example",
    " //evil.example",
    "/%2f/evil.example", "/%2fevil.example", "/%5cevil.example", "/.//evil.example", "/..//evil.example",
    "/@evil.example",
    "//evil.example/%2f..", "/\u2044/evil.example", "\u3000//evil.example", "//\u0000evil.example",
    "/\u0000/evil.example",
    "data:text/html,x", "http:///evil.example", "/;//evil.example", "//[::1]@evil.example", "x//evil.example", "?//x",
    "#//x", "", "/units?next=//evil.example", "/units#//evil.example")


def lands(place):
    """Where a browser lands: it reads an address without tabs and line ends, and backslashes as slashes."""
    plain = re.sub("[\t\r\n]", "", place).strip("".join(map(chr, range(33)))).replace("\\", "/")
    return urllib.parse.urljoin("http://127.0.0.1/login", plain)


def redirects(arm, house):
    for payload in ELSEWHERE:
        browser = Browser(house).knock()
        page = browser.get("/login?next=" + urllib.parse.quote(payload))
        arm.look(lands(page.hidden("next").replace("&amp;", "&")).startswith("http://127.0.0.1/"), repr(payload),
                 "the page of the door leads elsewhere")
        answer = browser.post("/login/demo", {"person": 1, "next": payload})
        stays = answer.status == 400 if "\0" in payload else (
            answer.status == 303 and lands(answer.location).startswith("http://127.0.0.1/"))
        arm.look(stays, repr(payload), f"{answer.status} leads to {answer.location}")
    stranger = Browser(house)
    for path in ("//evil.example/units/1/postings", "/units/1%0d%0aX-Planted:%201/postings", "/%2f%2fevil.example"):
        answer = stranger.get(path)
        arm.look(not answer.location or lands(answer.location).startswith("http://127.0.0.1/"), path, answer.location)


def forwarded(arm, house):
    names = ("X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-For", "X-Forwarded-Prefix", "X-Real-IP", "Forwarded",
             "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "True-Client-IP", "X-Host")
    administrator = Browser(house).enter(18)
    for name in names:
        value = "host=planted.example;for=6.6.6.6" if name == "Forwarded" else "planted.example"
        for path in ("/", "/login", "/units.csv", "/audit", "/units/1.1.01/postings"):
            plain, forged = administrator.get(path), administrator.ask("GET", path, headers=[(name, value)])
            arm.look(plain.status == forged.status and "planted" not in str(forged.fields) + forged.text,
                     f"{name} {path}",
                     f"{plain.status} became {forged.status}")
        overriding = administrator.ask("GET", "/people", headers=[(name, "/audit" if "URL" in name else "DELETE")])
        arm.look(overriding.status == 200, name, f"changed what is asked for: {overriding.status}")
    for host in ("6.6.6.6", "6.6.6.6:4711", "styrehus.example"):
        answer = administrator.post("/people/invite", {"person": 3}, headers=[("Host", host)])
        links = re.findall(r"https?://([^/<\"]*)/(?:\w+/)?invitation/", answer.text)
        arm.look(host == "styrehus.example" or host not in links, "V4.1.3 POST /people/invite",
                 f"the link that is handed over follows the Host header: {links}")


def line_ends(arm, house):
    browser = Browser(house).enter(17)
    for end in ("%0d%0a", "%0a", "%0d", "%E5%98%8A%E5%98%8D", "%00"):
        tail = f"x{end}X-Planted:%20yes{end}{end}<b>"
        for path in [*every_get(browser), "/login?next=/", "/units.csv?round=", "/units/1.1.01/postings.csv?month="]:
            for whole in (path + tail if "=" in path else path + "?q=" + tail, path.split("?")[0] + tail):
                answer = browser.get(whole)
                arm.look(not answer.all("X-Planted"), whole, "a header of the visitor's own")
        answer = Browser(house).knock().post("/login/demo", {"person": 1, "next": "/" + urllib.parse.unquote(tail)})
        arm.look(not answer.all("X-Planted") and "\r" not in answer.location, f"next {end}", answer.location)
    answer = browser.ask("GET", "/", headers=[("X-Request-Id", fresh_key() + "\tX-Planted: yes")])
    arm.look("Planted" not in str(answer.fields), "X-Request-Id", "comes back as it was sent")


CHECKS = [
    ("headers on every answer (1, 3, 5; V3.4.1-6, V14.3.2)", headers),
    ("type and charset (4; V4.1.1)", types),
    ("cookies (2, 3; V3.3.1-4, V14.3.1)", cookies),
    ("foreign origins (5; V3.4.2)", origins),
    ("methods (6; V13.4.4)", methods),
    ("what must not be there (7; V13.4.1-5)", hidden),
    ("redirects (8; V3.7.2)", redirects),
    ("forged headers and links (10, 11; V4.1.3)", forwarded),
    ("line ends in headers (45)", line_ends),
]


def drop(name, where):
    def change(asked, answer):
        if where(asked, answer):
            answer.fields = [pair for pair in answer.fields if pair[0] != name]
    return meddling(answer=change)


def rewrite(old, new, where=lambda asked, answer: True):
    def change(asked, answer):
        if where(asked, answer):
            answer.fields = [(name, value.replace(old, new)) for name, value in answer.fields]
    return meddling(answer=change)


def add(name, make):
    def change(asked, answer):
        value = make(asked)
        if value is not None:
            answer.fields.append((name, value))
    return meddling(answer=change)


def lenient_redirect(asked, answer):
    """Follows whatever was asked for."""
    if asked.path == "/login/demo" and answer.status == 303:
        to = urllib.parse.parse_qs(asked.body.decode()).get("next", ["/"])[0]
        answer.fields = [pair for pair in answer.fields if pair[0] != "Location"]
        answer.fields.append(("Location", re.sub("[^!-~]", "", to)))


def echo_trace(asked, answer):
    if asked.method == "TRACE":
        answer.status, answer.body = 200, asked.packed()
        answer.fields = [("Content-Length", str(len(answer.body)))]


def planted_host(asked, answer):
    host = asked.get("X-Forwarded-Host")
    if host and answer.body:
        answer.body = answer.body.replace(b"</main>", host.encode() + b"</main>")
        answer.fields = [(name, str(len(answer.body)) if name == "Content-Length" else value)
                         for name, value in answer.fields]


PLANTS = [
    *(Plant(f"downloads have no {name}", headers, drop(name, lambda asked, answer: "csv" in asked.path), name)
      for name in WANTED),
    Plant("errors have no policy", headers, drop("Content-Security-Policy", lambda asked,
                                                 answer: answer.status == 413)),
    Plant("inline scripts are allowed", headers, rewrite("style-src 'self'", "style-src 'unsafe-inline'"), "Policy"),
    Plant("a download is kept by caches", headers, rewrite("no-store", "private, max-age=60", lambda asked, answer:
                                                           "data.json" in asked.path), "Cache-Control"),
    Plant("the server names itself", headers, add("Server", lambda asked: "Styrehus/1.0"), "Server"),
    Plant("a CSV is called HTML", types, rewrite("text/csv", "text/html"), "begins with"),
    Plant("no charset", types, rewrite("; charset=utf-8", ""), "text/"),
    Plant("the session's cookie is not HttpOnly", cookies, rewrite("; HttpOnly", ""), "__Host-styrehus can"),
    Plant("the session's cookie has no SameSite", cookies, rewrite("; SameSite=Lax", ""), "__Host-styrehus has no"),
    Plant("the session's cookie has a plain name", cookies, rewrite("__Host-styrehus", "styrehus-s"),
          "styrehus-s does"),
    Plant("every origin is let in", origins, add("Access-Control-Allow-Origin", lambda asked: asked.get("Origin")
                                                 or None)),
    Plant("TRACE answers", methods, meddling(answer=echo_trace), "TRACE"),
    Plant("the folder of the source is served", hidden, meddling(answer=lambda asked, answer: setattr(
        answer, "status", 200 if asked.path == "/.git/config" else answer.status)), ".git"),
    Plant("next is followed anywhere", redirects, meddling(answer=lenient_redirect), "leads to"),
    Plant("X-Forwarded-Host is believed", forwarded, meddling(answer=planted_host), "X-Forwarded-Host"),
    Plant("a line end passes into the head", line_ends, add("X-Planted", lambda asked: "yes" if re.search(
        "%0d%0a", asked.target) else None), "own"),
]
