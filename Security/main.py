"""Runs the themes that are asked for, and prints what came of them. Ends with 1 where anything was found, or where a
planted fault was not caught."""

import importlib
import os
import signal
import sys
import time
import traceback

from rig import QUICK, Arm, say

THEMES = {
    "answers": "theme_answers",
    "wire": "theme_wire",
    "slow": "theme_slow",
    "forms": "theme_forms",
    "sessions": "theme_sessions",
    "doors": "theme_doors",
    "rights": "theme_rights",
    "markup": "theme_markup",
    "input": "theme_input",
    "secrets": "theme_secrets",
    "audit": "theme_audit",
}


def chosen():
    wanted = os.environ.get("CHECK", "").replace(",", " ").split() or list(THEMES)
    unknown = [name for name in wanted if name not in THEMES]
    if unknown:
        say(f"There is no theme {', '.join(unknown)}. Choose among: {' '.join(THEMES)}.")
        sys.exit(64)
    return wanted


def run_theme(name):
    """Runs a theme's checks and planted faults; gives its row of the table."""
    say(f"\n== {name}")
    began = time.monotonic()
    module = importlib.import_module(THEMES[name])
    house = module.open_house()
    points, known, broken = 0, {}, 0
    try:
        for title, check in module.CHECKS:
            arm = Arm(title)
            try:
                check(arm, house)
            except Exception:
                broken += 1
                arm.look(False, "the check broke off", traceback.format_exc(limit=-3))
            for line in arm.lines():
                say(line)
            points += arm.points
            known.setdefault(check, []).extend(arm.told)
        caught = 0
        for plant in module.PLANTS:
            try:
                caught += plant.run(house, known.get(plant.check, []))
            except Exception:
                say(f"   planted: {plant.name}: NOT CAUGHT: {traceback.format_exc(limit=-3)}")
    finally:
        house.away()
    found = sum(len(told) for told in known.values())
    is_well = found == 0 and caught == len(module.PLANTS) and points > 0
    return [name, len(module.CHECKS), points, found, f"{caught} of {len(module.PLANTS)}",
            round(time.monotonic() - began)], is_well


def main():
    # So that what was started is put away also then.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    say("Short form." if QUICK else "Full form.")
    table, is_well = [["theme", "checks", "points", "found", "planted faults caught", "seconds"]], True
    for name in chosen():
        row, well = run_theme(name)
        table.append([str(value) for value in row])
        is_well = is_well and well
    say("")
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        say("  ".join(value.ljust(width) if column == 0 else value.rjust(width)
                      for column, (value, width) in enumerate(zip(row, widths))))
    say("\nAll is well." if is_well else "\nNot well: see above.")
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
