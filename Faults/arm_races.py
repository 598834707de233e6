"""Two servers of the product on one PostgreSQL, and sixteen visitors who all at once make the same round final,
import the same file, or send the same form: each happens exactly once, and everybody gets an answer that says so."""

import re
import threading
import time

from postgres import Postgres, absent
from rig import QUICK, Arm, Control, budget_text, ledger_text, must, run, seat
from visitors import Found, Lost, Server, Visitor, fresh_key

__all__ = ["absent", "arms"]
VISITORS = 16


class Bench:
    def __init__(self, plant=None):
        self.store = Postgres("races-server")
        must("migrate", "--database", self.store.address())
        seat(self.store.rows)
        self.servers = [Server(self.store.address(), plant=plant) for _ in range(2)]
        if not all(server.ready() for server in self.servers):
            raise RuntimeError(f"the server does not start: {self.servers[0].words}")
        self.visitors = [Visitor(self.servers[one % 2].port) for one in range(VISITORS)]

    def together(self, body):
        """Lets every visitor do the same at the same moment; what each was answered."""
        barrier = threading.Barrier(VISITORS)
        answers = [None] * VISITORS

        def one(number):
            try:
                barrier.wait()
                answers[number] = body(number, self.visitors[number])
            except Lost as error:
                answers[number] = error

        threads = [threading.Thread(target=one, args=(number,)) for number in range(VISITORS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def upload(self, kind, year, name, text):
        """The same file, looked at by everybody."""
        return self.together(lambda _, visitor: visitor.upload(kind, year, name, text))

    def remove(self):
        for server in self.servers:
            server.kill()
        self.store.remove()


def told(arm, where, answers, path):
    """Everybody must be sent on to the same page; it must be one."""
    pages = set()
    for answer in answers:
        if isinstance(answer, Lost) or answer.status != 303 or not (answer.location or "").startswith(path):
            said = answer if isinstance(answer, Lost) else f"{answer.status} {answer.location} {answer.plain}"
            arm.fault("wrong", where, f"a visitor was told: {said}")
        else:
            pages.add(re.sub("[?&]again=yes", "", answer.location))
    if len(pages) > 1:
        arm.fault("wrong", where, f"the visitors were sent to {sorted(pages)}")


def race_import(arm, bench, number):
    """Everybody imports the same ledger."""
    year = 1900 + number % 300
    where = f"import {number + 1}"
    name = f"ledger-{number}.csv"
    answers = bench.upload("ledger", year, name, ledger_text(300, year, 6, voucher=1 + number * 1000, seed=number))
    tickets = [getattr(answer, "hidden", lambda _: None)("ticket") for answer in answers]
    if not all(tickets):
        arm.fault("wrong", where, f"a preview was refused: {[a.plain for a in answers if not a.hidden('ticket')][:1]}")
        return
    answers = bench.together(lambda one, visitor: visitor.form("/import/confirm", ticket=tickets[one]))
    told(arm, where, answers, "/import/done?import=")
    times = int(bench.store.rows(f"SELECT count(*) FROM ledger_import_file WHERE file_name = '{name}'")[0][0])
    if times != 1:
        arm.fault("lost" if times == 0 else "wrong", where, f"the file is there {times} times")


def race_final(arm, bench, number):
    """Everybody makes the same year's round final."""
    year = 1900 + number % 300
    where = f"round {number + 1}"
    answers = bench.together(lambda _, visitor: visitor.form("/rounds/make", year=year, kind="final"))
    inputs = [answer.hidden("inputs") for answer in answers if not isinstance(answer, Lost)]
    if len(inputs) != VISITORS or None in inputs:
        arm.fault("wrong", where, "the round could not be read back")
        return
    query = f"SELECT count(*) FROM closing_round WHERE fiscal_year = {year} AND status = 'final'"
    before = int(bench.store.rows(query)[0][0])
    answers = bench.together(
        lambda one, visitor: visitor.form("/rounds/make/confirm", year=year, kind="final", inputs=inputs[one]))
    told(arm, where, answers, "/rounds/")
    made = int(bench.store.rows(query)[0][0]) - before
    if made != 1:
        arm.fault("lost" if made == 0 else "wrong", where, f"{made} rounds were made")


def race_job(arm, bench, number):
    """Everybody sends the same form, which is one job for the workers of both servers."""
    year = 1900 + number % 300
    where = f"job {number + 1}"
    name = f"job-{number}.csv"
    text = ledger_text(300, year, 6, voucher=500 + number * 1000, seed=-number - 1)
    ticket = bench.visitors[0].upload("ledger", year, name, text).hidden("ticket")
    key = fresh_key()
    answers = bench.together(lambda _, visitor: visitor.form("/import/confirm", key=key, ticket=ticket))
    told(arm, where, answers, "/import/done?import=")
    times = int(bench.store.rows(f"SELECT count(*) FROM ledger_import_file WHERE file_name = '{name}'")[0][0])
    jobs = bench.store.rows(f"SELECT state, attempts FROM database_job WHERE job_id = '{key}'")
    if times != 1 or jobs != [["done", "1"]]:
        arm.fault("lost" if times == 0 else "wrong", where, f"the file is there {times} times, the job is {jobs}")


# A race takes the arm, the bench and a number of its own.
RACES = {"imports": race_import, "final rounds": race_final, "jobs": race_job}


def race(arm, seconds, plant=None):
    bench = Bench(plant)
    try:
        end = time.monotonic() + seconds
        number = 0
        while time.monotonic() < end:
            year = 1900 + number % 300
            # One visitor makes the year ready.
            visitor = bench.visitors[0]
            ready = visitor.upload("budget", year, "budget.csv", budget_text(6, pay=1_000_000 + number))
            visitor.form("/import/confirm", ticket=ready.hidden("ticket"))
            for name, one_race in RACES.items():
                one_race(arm, bench, number)
                arm.end(name)
            number += 1
        for half in Found(bench.store.rows).halves():
            arm.fault("half-written", "the end", half)
        verified = run("verify", "--database", bench.store.address())
        if not verified.acknowledged:
            arm.fault("half-written", "the end", f"verify: {verified.text[-300:]}")
    finally:
        bench.remove()


def arms():
    arm = Arm("races", tells=True)
    arm.notes.append(f"two servers, {VISITORS} visitors; each yes is a job that one of the servers claims")
    race(arm, 10 if QUICK else 60)
    yield arm.finish()
    unlocked = Arm("unlocked")
    race(unlocked, 10 if QUICK else 20, plant="pg-unlocked")
    yield Control("writers who do not take turns, and jobs that nobody holds", unlocked, ["wrong", "half-written"])
