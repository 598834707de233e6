"""A house with real accounts: the first administrator by the link that is printed, others by invitation."""

import datetime
import re

from rig import House
from wire import Browser

GOOD = "ni blanke heste traver hjem"
ADMINISTRATOR = "administratoren"


def first_link(house):
    """The secret of the first administrator's link, printed at start."""
    found = re.findall(r"/invitation/([0-9a-f]{64})", house.log)
    return found[-1] if found else ""


def accept(house, secret, user, password, source=None):
    """Chooses a password by an invitation; the answer, and the browser."""
    browser = Browser(house, source)
    browser.token = browser.get(f"/invitation/{secret}").hidden("token")
    return browser.post(f"/invitation/{secret}", {"user": user, "password": password}), browser


def furnished(*words):
    """A house whose first administrator is signed up, and that browser."""
    house = House(*words).start()
    answer, browser = accept(house, first_link(house), ADMINISTRATOR, GOOD)
    if answer.status != 303:
        raise RuntimeError(f"the first administrator did not get in: {answer.status}")
    return house, browser.settle()


def invite(administrator, person):
    """A fresh invitation's secret."""
    page = administrator.post("/people/invite", {"person": person}).text
    found = re.search(r"/invitation/([0-9a-f]{64})", page)
    return found.group(1) if found else ""


def enter(house, administrator, name, kind=None, place=""):
    """A new person, in a position where one is named; the person's number."""
    administrator.post("/people/enter", {"name": name, "email": ""})
    person = house.select("SELECT max(person_id) FROM people_person")[0][0]
    if kind:
        period = {"from": "2026-01-01", "through": ""}
        administrator.post("/people/position", {"kind": kind, "place": place, **period})
        position = house.select("SELECT max(position_id) FROM people_position")[0][0]
        administrator.post("/people/appoint", {"person": person, "position": position, **period})
    return person


def lent(**more):
    """What a leader may lend an employee: from today, for less than a year."""
    today = datetime.date.today()
    last = today + datetime.timedelta(days=300)
    return {"position": "1", "person": "16", "decision": "postings.read", "from": today.isoformat(),
            "through": last.isoformat(), **more}


def decision(name="people"):
    """That a class of data may be destroyed after a month."""
    return {"class": name, "verdict": "destroy", "days": "30", "reference": "2026-1", "decided": "2026-01-01"}
