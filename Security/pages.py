"""What pages are made of, and the routes that the access list names."""

import re
import urllib.parse
from html.parser import HTMLParser

from rig import SOURCES


class Shape(HTMLParser):
    """The elements, attributes, forms and links of a page, as a browser's parser sees them."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.links = []
        self.fields = []
        self.words = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, attributes))
        values = dict(attributes)
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        if tag in ("input", "select", "textarea") and values.get("name"):
            self.fields.append(values["name"])

    handle_startendtag = handle_starttag

    def handle_data(self, data):
        self.words.append(data)


def access():
    """The lines of the access list about addresses: method, pattern, permission, unit parameter, whether logged."""
    rows = []
    for line in (SOURCES / "StyrehusApp/Access/access.txt").read_text().splitlines():
        words = line.split()
        if not words or words[0] in ("#", "command"):
            continue
        unit = next((word[5:] for word in words[3:] if word.startswith("unit=")), None)
        rows.append((words[0], words[1], words[2], unit, "logged" in words[3:]))
    return rows


class Plan:
    """The delegation plan that comes with the product, read line by line."""

    def __init__(self, text=None):
        path = next((SOURCES / "Governance/DelegationPlan/Plans").glob("*.yaml"))
        self.text = text or path.read_text()
        self.decisions = {}
        name = row = None
        in_decisions = False
        for line in self.text.splitlines():
            in_decisions = in_decisions or line == "decisions:"
            if not in_decisions:
                continue
            found = re.match(r"  - id: (\S+)", line)
            if found:
                name, row = found.group(1), None
                self.decisions[name] = []
            found = re.match(r"      - level: (\S+)", line)
            if found:
                row = {"level": found.group(1), "scope": "all", "recordedBy": []}
                self.decisions[name].append(row)
            found = re.match(r"        scope: (\S+)", line)
            if found:
                row["scope"] = found.group(1)
            found = re.match(r"        recordedBy: \[(.*)\]", line)
            if found:
                row["recordedBy"] = [word.strip() for word in found.group(1).split(",")]


# An address of each pattern that has something to show, in the invented municipality.
FILLINGS = {"{unit}": "1.1.01", "{person}": "2", "{job}": "0" * 32, "{secret}": "0" * 64}


def filled(pattern, **own):
    for name, value in {**FILLINGS, **{f"{{{key}}}": value for key, value in own.items()}}.items():
        pattern = pattern.replace(name, value)
    return pattern


def known_round(browser):
    """A round that is there, by its address."""
    found = re.search(r'href="/rounds/(\d+-\d+)', browser.get("/rounds").text)
    return found.group(1) if found else "2025-1"


def known_model(browser):
    found = re.search(r'href="/model/([^"?/]+)"', browser.get("/model/compare").text + browser.get("/model").text)
    return found.group(1) if found and found.group(1) != "compare" else "randersmodellen-2.0"


def every_get(browser):
    """Every address that the access list has for GET, with something in its places."""
    own = {"round": known_round(browser), "id": known_model(browser)}
    return [filled(pattern, **own) for method, pattern, *_ in access() if method == "GET"]


def harvest(browser, most=400, starts=None):
    """Follows every link from the pages that there are; what each address answered, by path and query. Of addresses
    that differ in their values alone, a few are taken."""
    waiting, seen, kinds = list(starts or every_get(browser)), {}, {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        parts = urllib.parse.urlsplit(address)
        names = tuple(sorted({name for name, _ in urllib.parse.parse_qsl(parts.query, keep_blank_values=True)}))
        kind = (re.sub(r"\d[\d.\-]*", "0", parts.path), names)
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > 3:
            continue
        answer = browser.get(address)
        seen[address] = answer
        if "html" not in answer.get("Content-Type"):
            continue
        for link in Shape(answer.text).links:
            whole = urllib.parse.urljoin(address, link).split("#")[0]
            if whole.startswith("/") and "lang=" not in whole:
                waiting.append(whole)
    return seen
