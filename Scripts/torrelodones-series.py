#!/usr/bin/env python3
"""Makes the series that `styrehus forecast backtest --series` reads, from the public files of Torrelodones.

    Scripts/torrelodones-series.py FOLDER > series.csv             nine months in quarters, mended as told below
    Scripts/torrelodones-series.py --as-filed FOLDER > series.csv  four quarters exactly as the columns are named

FOLDER holds 2015__gastos.csv (budgets), 2015__ejecucion_gastos.csv (spending) and the same of 2016; see
docs/real-input.md. A programme is a unit; an economic code that begins with 1 is pay. Amounts are in hundredths.

Neither year is whole. In 2016 the column T4 is empty in every row. In 2015 there is no T4, and T2 is the half year: no
row has less in T2 than in T1, and pay in T2 less T1 is a quarter's pay. So the quarter is T2 less T1, and the column of
the year counts the first quarter twice. What both years hold is nine months, set against three quarters of the year's
budget. The script checks both findings and stops where the files are others.
"""
import csv
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

AMOUNTS = ("Crédito", "Obligaciones")


def hundredths(text):
    return int((Decimal(text.strip() or "0") * 100).quantize(Decimal(1), ROUND_HALF_UP))


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        amount = next(i for i, name in enumerate(header) if name in AMOUNTS or name.startswith("Inicial"))
        quarters = [i for i, name in enumerate(header) if name in ("T1", "T2", "T3", "T4")]
        for record in reader:
            cells = [hundredths(record[i]) if i < len(record) else 0 for i in quarters]
            yield (record[3], "pay" if record[4].startswith("1") else "other"), hundredths(record[amount]), cells


def quarters_of(year, whole, cells, as_filed):
    if as_filed:
        return cells if len(cells) == 4 else cells + [whole - sum(cells)]
    first, second, third = cells[:3]
    if year == 2015:
        if second < first and first > 0:
            sys.exit(f"{year}: T2 is less than T1 in a row, so it is not the half year")
        second -= first
    elif any(cells[3:]):
        sys.exit(f"{year}: T4 is not empty, so the year has four quarters")
    return [first, second, third]


def main(arguments):
    as_filed = "--as-filed" in arguments
    folders = [a for a in arguments if not a.startswith("--")]
    if len(folders) != 1:
        sys.exit(__doc__)
    count = 4 if as_filed else 3
    print(";".join(["unit", "category", "year", "budget"] + [f"p{i + 1}" for i in range(count)]))
    for year in (2015, 2016):
        budget, spent = defaultdict(int), defaultdict(lambda: [0] * count)
        for key, amount, _ in rows(Path(folders[0]) / f"{year}__gastos.csv"):
            budget[key] += amount
        for key, whole, cells in rows(Path(folders[0]) / f"{year}__ejecucion_gastos.csv"):
            for index, amount in enumerate(quarters_of(year, whole, cells, as_filed)):
                spent[key][index] += amount
        for unit, category in sorted(set(budget) | set(spent)):
            whole = budget[unit, category]
            shown = whole if as_filed else (3 * whole + 2) // 4
            print(";".join(map(str, [unit, category, year, shown] + spent[unit, category])))


if __name__ == "__main__":
    main(sys.argv[1:])
