# narrowgauge. `make` prints the list of targets.
SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

CC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
SANITIZE ?= 0
V ?= 0
Q := $(if $(filter 1,$(V)),,@)
OUT := $(if $(filter 1,$(SANITIZE)),build/sanitize,build)

LIBRARIES := jansson libcyaml sqlite3 zlib libprotobuf-c openblas libmd
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Werror
CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -O2 -g -ffp-contract=off -I. -Ibuild/gen
ifeq ($(SANITIZE),1)
CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif
LDLIBS = $(shell pkg-config --libs $(LIBRARIES)) -lm -ldl -lpthread -rdynamic
PKG_CFLAGS = $(shell pkg-config --cflags $(LIBRARIES))
TEST_LDLIBS = $(shell pkg-config --libs check) -lmpfr -lgmp

MODEL := $(wildcard model/*.c)
LIBRARY := $(filter-out src/cli/%,$(wildcard src/*/*.c))
CLI := $(wildcard src/cli/*.c)
TESTS := $(wildcard tests/*.c tests/ref/*.c tests/support/*.c)
GENERATED := build/gen/onnx.pb-c.c build/gen/source_hash.c build/gen/page.c
object = $(patsubst %.c,$(OUT)/obj/%.o,$(patsubst build/gen/%,gen/%,$(1)))
CORE_OBJECTS := $(call object,$(MODEL) $(LIBRARY) $(GENERATED))
PROGRAM := $(OUT)/narrowgauge
TEST_PROGRAM := $(OUT)/run_tests

.PHONY: help report test build setup verify simulate lint clean
help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1@\2/p' Makefile | column -t -s@

report: build ## install what is missing, verify, synthesise, evaluate, write reports/index.html
	$(Q)$(PROGRAM) study studies/default.yaml --reports reports

test: setup ## the same set-up, then every test; SANITIZE=1 for ASan and UBSan
	$(Q)+$(MAKE) --no-print-directory $(TEST_PROGRAM) $(PROGRAM)
	$(Q)NARROWGAUGE=$(PROGRAM) $(TEST_PROGRAM)

build: setup ## compile build/narrowgauge
	$(Q)+$(MAKE) --no-print-directory -j2 $(PROGRAM)

verify: build ## all circuits of the default study against the golden model
	$(Q)$(PROGRAM) verify

simulate: build ## stream the CNN's first layers through a Verilated unit in SystemC
	$(Q)$(PROGRAM) simulate --unit dot --weights e4m3 --activations e4m3 --network resnet8

setup: ## install the Debian packages of packages.txt that are missing
	$(Q).ci/setup packages.txt

lint: setup ## compiler warnings, cppcheck, Verilator -Wall, header self-containment
	$(Q).ci/lint

clean: ## remove build/
	rm -rf build

# ---- generated sources -------------------------------------------------------------------------------------------
build/gen/onnx.pb-c.c: src/network/onnx.proto
	$(Q)mkdir -p build/gen && protoc-c --c_out=build/gen --proto_path=src/network $<

# Part of every store key: a result is void as soon as the code that made it changes.
HASHED := $(wildcard model/* sim/* sim/*/* src/*/*.c src/*/*.h src/*/*.def)
build/gen/source_hash.c: $(HASHED) .ci/source-hash
	$(Q)mkdir -p build/gen && .ci/source-hash > $@.tmp && mv $@.tmp $@

PAGE := $(wildcard src/report/page/*)
build/gen/page.c: $(PAGE)
	$(Q)mkdir -p build/gen && .ci/embed $^ > $@.tmp && mv $@.tmp $@

# ---- compilation -------------------------------------------------------------------------------------------------
$(OUT)/obj/gen/%.o: build/gen/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/obj/%.o: %.c $(GENERATED)
	@mkdir -p $(@D); $(if $(filter 1,$(V)),,echo "CC $<")
	$(Q)$(CC) $(CFLAGS) $(WARNINGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

$(PROGRAM): $(CORE_OBJECTS) $(call object,$(CLI))
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

$(TEST_PROGRAM): $(CORE_OBJECTS) $(call object,$(TESTS))
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(TEST_LDLIBS) $(LDLIBS)

-include $(wildcard $(OUT)/obj/*.d $(OUT)/obj/*/*.d $(OUT)/obj/*/*/*.d)
