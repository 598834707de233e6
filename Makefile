# What people and machines call; the work itself is in Scripts. `make` alone prints what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test bench faults security format clean

# The dataset that comes with the product: invented or randers.
DEMO ?= invented
PORT ?= 8080

help:
	@echo "make run              build Styrehus and start it on http://127.0.0.1:$(PORT) with the demo municipality"
	@echo "make run DEMO=randers the same with Randers Kommune as the documents state it"
	@echo "make run PORT=8090    the same on another port"
	@echo "make test             format check, build, all tests, house rules"
	@echo "make bench            measure side by side with other tools (BENCH=folder of the generator and peers)"
	@echo "make faults           break the storage on purpose, and look at what is left (ARM=power: that arm alone)"
	@echo "make security         try the product from outside over HTTP (CHECK=forms: that theme alone)"
	@echo "make format           put the source files in the house's format"
	@echo "make clean            remove what was built; the data in var/ stay"

run:
	@DEMO="$(DEMO)" PORT="$(PORT)" Scripts/run.sh

test:
	@Scripts/test.sh

bench:
	@Scripts/bench.sh

faults:
	@ARM="$(ARM)" Scripts/faults.sh

security:
	@CHECK="$(CHECK)" Scripts/security.sh

format:
	@Scripts/format.sh

clean:
	@rm -rf .build
	@echo "Removed .build. The databases in var/ are still there."
