"""The product as a server, visitors who write through its forms, and the ledger of what they were told."""

import atexit
import hashlib
import http.client
import random
import re
import secrets
import signal
import socket
import subprocess
import threading
import time
import urllib.parse

from rig import PRODUCT, ROOM, SESSION, TENANT, TOKEN, budget_text, environment, ledger_text

def fresh_key():
    """Names what a form asks for."""
    return secrets.token_hex(16)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`styrehus serve` on a database. None is left behind, however the driver ends."""

    running = set()

    def __init__(self, database, plant=None, **fault):
        self.port = free_port()
        self.log_path = ROOM / f"serve-{self.port}.log"
        self.log = open(self.log_path, "wb")
        self.process = subprocess.Popen(
            [PRODUCT, "serve", "--port", str(self.port), "--database", database, "--log-level", "error"],
            env=environment(plant, **fault), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.running.add(self)

    def ready(self, limit=60):
        """Waits until it answers; false where it ends instead."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if self.process.poll() is not None:
                return False
            try:
                link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                link.request("GET", "/health/ready")
                if link.getresponse().status == 200:
                    return True
            except OSError:
                pass
            time.sleep(0.01)
        return False

    @property
    def words(self):
        return self.log_path.read_text(errors="replace")[-600:]

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.running.discard(self)
        self.log.close()
        self.log_path.unlink(missing_ok=True)

    def stop(self):
        """Stops it in good order; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(60)
        except subprocess.TimeoutExpired:
            code = None
        self.kill()
        return code


@atexit.register
def stop_all():
    for server in list(Server.running):
        server.kill()


class Lost(Exception):
    """The connection ended without an answer."""


class Answer:
    def __init__(self, status, location, text):
        self.status = status
        self.location = location
        self.text = text

    @property
    def says_unchanged(self):
        return "Nothing was changed" in self.text or "Nothing has changed" in self.text

    def hidden(self, name):
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', self.text) or re.search(
            rf'value="([^"]*)"[^>]*name="{name}"', self.text)
        return found and found.group(1)

    @property
    def plain(self):
        """What a person reads in the main part of the page."""
        main = self.text.split("<main", 1)[-1].split("</main>", 1)[0]
        return " ".join(re.sub("<[^>]*>", " ", "<main" + main).split())[:300]


class Visitor:
    """A browser with one connection."""

    def __init__(self, port, patience=60):
        self.port = port
        self.patience = patience
        self.link = None

    def ask(self, method, path, body=None, kind=None):
        headers = {"Cookie": f"__Host-styrehus={SESSION}; __Host-language-styrehus=en"}
        if kind:
            headers["Content-Type"] = kind
        try:
            if self.link is None:
                self.link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
            self.link.request(method, path, body, headers)
            answer = self.link.getresponse()
            text = answer.read().decode(errors="replace")
            if answer.getheader("Connection") == "close":
                self.close()
            return Answer(answer.status, answer.getheader("Location"), text)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Lost(str(error)) from error

    def close(self):
        if self.link:
            self.link.close()
        self.link = None

    def get(self, path):
        return self.ask("GET", path)

    def form(self, path, note=lambda page: None, **fields):
        """Sends a form, and waits for the end of the job where it leads to one; `note` is told of its page."""
        body = urllib.parse.urlencode({"token": TOKEN, "key": fresh_key(), **fields})
        answer = self.ask("POST", path, body, "application/x-www-form-urlencoded")
        end = time.monotonic() + self.patience
        while answer.status == 303 and "/jobs/" in (answer.location or "") and time.monotonic() < end:
            note(answer.location)
            answer = self.look(answer.location)
        return answer

    def look(self, page):
        """The page of a job a moment later: itself while it is under way."""
        time.sleep(0.05)
        answer = self.get(page)
        return Answer(303, page, answer.text) if answer.status == 200 and "Look again" in answer.text else answer

    def upload(self, kind, year, name, text):
        """Sends a file to be looked at."""
        edge = "edge-of-a-part-that-no-file-holds"
        fields = {"token": TOKEN, "key": fresh_key(), "kind": kind, "year": year, "profile": "native"}
        parts = "".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in fields.items())
        parts += (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: text/csv\r\n\r\n{text}\r\n--{edge}--\r\n")
        return self.ask("POST", "/import/preview", parts.encode(), f"multipart/form-data; boundary={edge}")


class Write:
    """A file that a visitor imports, or a round that a visitor makes, and what the visitor was told."""

    def __init__(self, kind, year, name, text=""):
        self.kind = kind
        self.year = year
        self.name = name
        self.text = text
        self.hash = hashlib.sha256(text.encode()).hexdigest()
        self.ticket = None
        self.inputs = None
        self.number = None
        # The form's own: sent again, it is the same form.
        self.key = fresh_key()
        # The page of the job that was taken on.
        self.job = None
        self.outcome = "none"
        self.said = ""

    def prepare(self, visitor):
        """The step before the one that counts; true where it may be confirmed. The form that follows is a new one."""
        self.key = fresh_key()
        if self.kind == "round":
            answer = visitor.form("/rounds/make", year=self.year, kind="preliminary")
            self.inputs = answer.hidden("inputs")
        else:
            answer = visitor.upload(self.kind, self.year, self.name, self.text)
            self.ticket = answer.hidden("ticket")
        self.said = f"{answer.status} {answer.plain}"
        return bool(self.inputs or self.ticket)

    def note(self, page):
        """A job was taken on, which is a promise too."""
        self.job = page

    def confirm(self, visitor):
        """The step that counts. It is in doubt from the moment it is sent."""
        self.outcome = "doubt"
        if self.kind == "round":
            answer = visitor.form(
                "/rounds/make/confirm", self.note, key=self.key, year=self.year, kind="preliminary", inputs=self.inputs)
            found = re.search(r"/rounds/(\d+-\d+)", answer.location or "")
        else:
            answer = visitor.form("/import/confirm", self.note, key=self.key, ticket=self.ticket)
            found = re.search(r"/import/done\?import=(\d+)", answer.location or "")
        self.said = f"{answer.status} {answer.location or answer.plain}"
        if answer.status == 303 and found:
            self.number, self.outcome = found.group(1), "acknowledged"
        elif answer.says_unchanged or answer.status == 409:
            self.outcome = "refused"
        return answer


class Load:
    """Visitors who write without pause, each in years of his own, and the ledger of what they were told. The ledger
    lies with the driver, on no file system that is tested."""

    def __init__(self, seed, visitors=8):
        self.seed = seed
        self.count = visitors
        self.writes = []
        self.lock = threading.Lock()
        self.serial = 0
        self.stopping = threading.Event()
        self.threads = []
        self.budgets = {}

    def acknowledged(self):
        """What has been acknowledged until now."""
        with self.lock:
            return [write for write in self.writes if write.outcome == "acknowledged"]

    def in_doubt(self):
        with self.lock:
            return [write for write in self.writes if write.outcome == "doubt"]

    def next_write(self, numbers, own):
        with self.lock:
            self.serial += 1
            serial = self.serial
        year = 1900 + own * 20 + numbers.randrange(20)
        if self.budgets.get(year, 0) == 0 or numbers.random() < 0.2:
            return Write("budget", year, f"budget-{serial}.csv", budget_text(6, pay=1_000_000 + serial))
        if numbers.random() < 0.2:
            return Write("round", year, f"round-{serial}")
        text = ledger_text(numbers.randrange(20, 200), year, 6, voucher=serial * 1000, seed=serial)
        return Write("ledger", year, f"ledger-{serial}.csv", text)

    def start(self, ports):
        """Lets the visitors in; each goes to one of the servers."""
        self.stopping.clear()
        self.threads = [
            threading.Thread(target=self.visit, args=(own, ports[own % len(ports)])) for own in range(self.count)]
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def visit(self, own, port):
        numbers = random.Random(f"{self.seed} {own} {self.serial}")
        visitor = Visitor(port)
        while not self.stopping.is_set():
            write = self.next_write(numbers, own)
            try:
                if write.prepare(visitor):
                    with self.lock:
                        self.writes.append(write)
                    write.confirm(visitor)
                    if write.kind == "budget" and write.outcome == "acknowledged":
                        self.budgets[write.year] = 1
                else:
                    self.stopping.wait(0.02)
            except Lost:
                # The server is gone; the write, where it was sent, is in doubt.
                if self.stopping.wait(0.02):
                    break
        visitor.close()


def counted(table, count):
    """A part of the query below: how much of an import there is in a table."""
    return f"CAST(import_id AS TEXT), CAST({count} AS TEXT), '', '', '' FROM {table} WHERE tenant = '{TENANT}'" + (
        " GROUP BY import_id")


# One statement, so that it sees one state: servers that take over what was left write beside it.
EVERYTHING = " UNION ALL ".join([
    f"""
    SELECT 'imports', CAST(import_id AS TEXT), kind, file_name, content_hash, CAST(record_count AS TEXT)
    FROM ledger_import_file WHERE tenant = '{TENANT}'""",
    "SELECT 'postings in chunks', " + counted("ledger_import_chunk", "SUM(posting_count)"),
    "SELECT 'postings in sums', " + counted("ledger_import_unit_sums", "SUM(posting_count)"),
    "SELECT 'budgets', " + counted("ledger_import_budget", "COUNT(*)"),
    f"""
    SELECT 'rounds', CAST(fiscal_year AS TEXT), CAST(number AS TEXT), CAST((
      SELECT COUNT(*) FROM closing_round_unit u
      WHERE u.tenant = r.tenant AND u.fiscal_year = r.fiscal_year AND u.number = r.number) AS TEXT), '', ''
    FROM closing_round r WHERE r.tenant = '{TENANT}'""",
    f"""
    SELECT 'stray', CAST(COUNT(*) AS TEXT), '', '', '', '' FROM closing_round_unit u
    WHERE tenant = '{TENANT}' AND NOT EXISTS (
      SELECT 1 FROM closing_round r
      WHERE r.tenant = u.tenant AND r.fiscal_year = u.fiscal_year AND r.number = u.number)""",
])


JOBS_LEFT = f"SELECT COUNT(*) FROM database_job WHERE tenant = '{TENANT}' AND state IN ('waiting', 'running')"


class Found:
    """What a database holds of a load's writes. `rows` runs a query and gives rows of texts."""

    def __init__(self, rows):
        parts = {}
        for part, *row in rows(EVERYTHING):
            parts.setdefault(part, []).append(row)
        self.imports = {row[0]: row for row in parts.get("imports", [])}
        self.by_name = {}
        for row in self.imports.values():
            self.by_name.setdefault(row[2], []).append(row)
        self.parts = {
            name: {row[0]: row[1] for row in parts.get(name, [])}
            for name in ("postings in chunks", "postings in sums", "budgets")}
        self.rounds = {f"{row[0]}-{row[1]}": int(row[2]) for row in parts.get("rounds", [])}
        self.stray = int(parts["stray"][0][0])

    def halves(self):
        """What is there in part: a sentence each."""
        for number, kind, name, _, count in self.imports.values():
            wanted = {"ledger": ("postings in chunks", "postings in sums"), "budget": ("budgets",)}.get(kind, ())
            for part in wanted:
                if int(self.parts[part].get(number, 0)) != int(count):
                    yield f"{name} says {count}, and has {self.parts[part].get(number, 0)} {part}"
        for part, counts in self.parts.items():
            for number in counts:
                if number not in self.imports:
                    yield f"{part} of an import {number} that is not there"
        for name, units in self.rounds.items():
            if units != 6:
                yield f"round {name} has {units} units"
        if self.stray:
            yield f"{self.stray} units of rounds that are not there"

    def holds(self, write):
        """How often the write is there."""
        if write.kind == "round":
            return int(write.number in self.rounds)
        return sum(row[3] == write.hash for row in self.by_name.get(write.name, []))


def judge(arm, where, found, acknowledged, writes):
    """Judges a database against the ledger: all that was acknowledged is there once, and nothing is there in part or
    twice."""
    for write in acknowledged:
        if not found.holds(write):
            arm.fault("lost", where, f"{write.kind} {write.name}, acknowledged as {write.number}")
    for half in found.halves():
        arm.fault("half-written", where, half)
    for write in writes:
        times = len(found.by_name.get(write.name, []))
        if times > 1:
            arm.fault("wrong", where, f"{write.name} is there {times} times")
        if write.outcome == "refused" and write.kind != "round" and times:
            arm.fault("wrong", where, f"{write.name} is there, and the visitor was told: {write.said}")


def take_over(arm, where, rows):
    """What was taken on as a job is done by whoever is there, though nobody asks again."""
    left = int(rows(JOBS_LEFT)[0][0])
    arm.tally["jobs taken over"] += left
    end = time.monotonic() + 60
    while left and time.monotonic() < end:
        time.sleep(0.05)
        left = int(rows(JOBS_LEFT)[0][0])
    if left:
        arm.fault("lost", where, f"{left} jobs are left undone")


def retry(arm, where, load, port, rows):
    """What was in doubt is sent again, as a person would who saw no answer: afterwards it is there once."""
    take_over(arm, where, rows)
    visitor = Visitor(port)
    again = load.in_doubt()
    kept = Found(rows)
    for write in again:
        arm.tally["in doubt, kept" if write.kind != "round" and kept.holds(write) else "in doubt"] += 1
        try:
            if write.job:
                # A visitor who was shown the page of the job comes back to it.
                answer = visitor.look(write.job)
                if answer.status != 303 or answer.location == write.job:
                    arm.fault("lost", where, f"the job of {write.name}: {answer.status} {answer.plain}")
            write.confirm(visitor)
            if write.outcome != "acknowledged" and write.kind != "round":
                # The preview itself did not last, or somebody must look again.
                if write.prepare(visitor):
                    write.confirm(visitor)
                elif "already" in write.said:
                    write.outcome = "acknowledged"
        except Lost as error:
            arm.fault("wrong", where, f"{write.name} again: {error}")
        if write.outcome != "acknowledged":
            if write.kind != "round":
                arm.fault("wrong", where, f"{write.name} again: {write.said}")
            write.outcome = "given up"
    visitor.close()
