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
OUT := $(if $(filter 1,$(SANITIZE)),build/sanitize,$(if $(filter 1,$(FUZZ)),build/fuzz,build))

LIBRARIES := jansson libcyaml yaml-0.1 sqlite3 zlib libprotobuf-c lapacke openblas libmd libpng libjpeg
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Werror
CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -O2 -g -ffp-contract=off -I. -Ibuild/gen
LIBRARY_CFLAGS := $(CFLAGS)
ifeq ($(SANITIZE),1)
CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif
ifeq ($(FUZZ),1)
CC := clang
CFLAGS += -DFUZZ_MAIN -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
WARNINGS :=
endif
LDLIBS = $(shell pkg-config --libs $(LIBRARIES)) -lglpk -lm -ldl -lpthread -rdynamic
PKG_CFLAGS = $(shell pkg-config --cflags $(LIBRARIES))
TEST_LDLIBS = $(shell pkg-config --libs check) -lmpfr -lgmp

MODEL := $(wildcard model/*.c model/parts/*.c)
LIBRARY := $(filter-out src/cli/%,$(wildcard src/*/*.c))
CLI := $(wildcard src/cli/*.c)
TESTS := $(wildcard tests/*.c tests/ref/*.c tests/support/*.c tests/fuzz/*.c)
# Parts of the command line that a suite or a fuzzer looks at alone.
CLI_PARTS := src/cli/codebook.c src/cli/number.c
GENERATED := build/gen/onnx.pb-c.c build/gen/source_hash.c build/gen/page.c
object = $(patsubst %.c,$(OUT)/obj/%.o,$(patsubst build/gen/%,gen/%,$(1)))
CORE_OBJECTS := $(call object,$(MODEL) $(LIBRARY) $(GENERATED))
PROGRAM := $(OUT)/narrowgauge
MAN3 := build/man/narrowgauge.3 $(patsubst model/%.h,build/man/ng_%.3,$(wildcard model/*.h))
TEST_PROGRAM := $(OUT)/run_tests
BENCH_PROGRAM := $(OUT)/run_bench
EXHAUSTIVE_PROGRAM := $(OUT)/exhaustive
EVERY_FORMAT_PROGRAM := $(OUT)/every_format
EXHAUSTIVE_FORMATS ?= e4m3fn e5m2 e2m1 int8 e5m2ieee e4m3 e3m2 e2m3
THREADS ?= 1
JOBS ?= $(shell nproc)

.PHONY: help report test build setup verify kinds prove mutants expected expected-check simulate route extras library install install-library uninstall fuzz bench exhaustive exhaustive-rounding lint clean
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]*:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

report: build ## install what is missing, verify, synthesise, evaluate, write reports/index.html
	$(Q)$(PROGRAM) study studies/default.yaml --reports reports

test: setup ## the same set-up, then every test, JOBS=cores suites side by side; SANITIZE=1 for ASan and UBSan
	$(Q)+$(MAKE) --no-print-directory -j2 $(TEST_PROGRAM) $(PROGRAM)
	$(Q)NARROWGAUGE=$(PROGRAM) $(TEST_PROGRAM) --jobs $(JOBS)

build: setup ## compile build/narrowgauge
	$(Q)+$(MAKE) --no-print-directory -j2 $(PROGRAM)

verify: build ## all circuits of the default study against the golden model
	$(Q)$(PROGRAM) verify

kinds: build ## circuits of every unit, products and others: RTL and xc7 netlist of studies/kinds.txt on 10^6 cases each
	$(Q).ci/kinds $(PROGRAM) studies/kinds.txt

prove: build ## the same, and RTL = netlist by yosys and ABC for every netlist, 60 s each; hours the first time
	$(Q)$(PROGRAM) verify --prove

mutants: build ## are the checks any good? 100 mutants of every unit, each caught or shown equivalent; resumable
	$(Q)$(PROGRAM) mutants

expected: build ## write today's counts of some 60 designs into tests/expected/cost.csv
	$(Q)$(PROGRAM) expected --write

expected-check: build ## which of them have changed; exit 1 if any has
	$(Q)$(PROGRAM) expected

simulate: build ## stream the CNN's first layers through a Verilated unit in SystemC
	$(Q)$(PROGRAM) simulate --unit dot --weights e4m3 --activations e4m3 --network resnet8

route: build ## place and route of three MACs on every family whose nextpnr is there (iCE40; with `make extras` four more)
	$(Q).ci/setup packages-route.txt
	$(Q).ci/route $(PROGRAM)

extras: build/extras/.installed ## nextpnr for ECP5, Nexus, Gowin and GateMate from PyPI, in build/extras
build/extras/.installed: requirements-extras.txt
	$(Q).ci/setup packages-route.txt
	$(Q)mkdir -p build && python3 -m venv build/extras && build/extras/bin/pip install --quiet -r requirements-extras.txt && touch $@

setup: ## install the Debian packages of packages.txt that are missing
	$(Q).ci/setup packages.txt

library: build/library/libnarrowgauge.a build/library/libnarrowgauge.so ## libnarrowgauge.a and .so of model/: needs gcc alone

install: build library $(MAN3) ## program, library, headers, narrowgauge.pc and man pages; PREFIX=/usr/local DESTDIR=
	$(Q)+$(MAKE) --no-print-directory build/man/narrowgauge.1
	$(Q)$(INSTALL) install all

install-library: library $(MAN3) ## the same without the program
	$(Q)$(INSTALL) install library

uninstall: ## remove what install put there; the same PREFIX and DESTDIR
	$(Q)$(INSTALL) uninstall all

fuzz: ## libFuzzer on the parsers: FUZZ_RUNS=100000 inputs each, a hundred times as many names; needs packages-extra.txt
	$(Q).ci/fuzz check
	$(Q)+$(MAKE) --no-print-directory FUZZ=1 fuzz-build
	$(Q).ci/fuzz $(FUZZ_RUNS) $(FUZZERS)

bench: setup ## speed as ratios measured in one run: reports/bench.json
	$(Q)+$(MAKE) --no-print-directory $(BENCH_PROGRAM)
	$(Q)$(BENCH_PROGRAM) reports/bench.json

.PHONY: designs fit
designs: build ## price the sample of circuits behind `cost --estimate`: tests/expected/designs.csv
	$(Q)for share in 0 1; do $(PROGRAM) designs --share $$share --shares 2 & done; wait; $(PROGRAM) designs tests/expected/designs.csv

fit: build ## fit the estimate to that table: src/estimate/coefficients.def
	$(Q)$(PROGRAM) fit tests/expected/designs.csv src/estimate/coefficients.def

exhaustive: setup ## all 2^32 fp32 inputs through the array functions against the scalar ones; THREADS=1
	$(Q)+$(MAKE) --no-print-directory $(EXHAUSTIVE_PROGRAM)
	$(Q)$(EXHAUSTIVE_PROGRAM) -j $(THREADS) $(EXHAUSTIVE_FORMATS)

exhaustive-rounding: setup ## every format of at most 16 bits, all roundings on all codes and midpoints; THREADS=1, 17 minutes
	$(Q)+$(MAKE) --no-print-directory $(EVERY_FORMAT_PROGRAM)
	$(Q)$(EVERY_FORMAT_PROGRAM) -j $(THREADS)

lint: setup library ## compiler warnings, cppcheck, Verilator -Wall, header self-containment
	$(Q).ci/lint

clean: ## remove build/
	rm -rf build

# ---- the library -------------------------------------------------------------------------------------------------
# Both from the same position-independent objects of model/, whose names are ng_*; neither depends on anything but libm.
VERSION := $(shell sed -n 's/^.define NG_VERSION "\([0-9.]*\)"$$/\1/p' model/version.h)
SONAME := libnarrowgauge.so.$(firstword $(subst ., ,$(VERSION)))
LIBRARY_OBJECTS := $(MODEL:%.c=build/library/%.o)
INSTALL = VERSION=$(VERSION) SONAME=$(SONAME) .ci/install
export PREFIX DESTDIR BINDIR LIBDIR INCLUDEDIR MANDIR

# What model/parts declares is for model/ alone.
build/library/model/parts/%.o: LIBRARY_CFLAGS += -fvisibility=hidden
build/library/%.o: %.c
	@mkdir -p $(@D); $(if $(filter 1,$(V)),,echo "CC -fPIC $<")
	$(Q)$(CC) $(LIBRARY_CFLAGS) $(WARNINGS) -fPIC -MMD -MP -c -o $@ $<

build/library/libnarrowgauge.a: $(LIBRARY_OBJECTS)
	$(Q)rm -f $@ && $(AR) rcsD $@ $^

build/library/libnarrowgauge.so: $(LIBRARY_OBJECTS) model/narrowgauge.map
	$(Q)$(CC) -shared -Wl,-soname,$(SONAME) -Wl,--no-undefined -Wl,--version-script=model/narrowgauge.map \
	    -Wl,-z,relro,-z,now -o $@ $(LIBRARY_OBJECTS) -lm

# ---- man pages: from the tables of verbs and options, and from the headers -----------------------------------------
build/man/narrowgauge.1: $(PROGRAM)
	$(Q)mkdir -p $(@D) && $(PROGRAM) --man > $@.tmp && mv $@.tmp $@

build/man/ng_%.3: model/%.h model/version.h model/units.def .ci/man3
	$(Q)mkdir -p $(@D) && .ci/man3 $(VERSION) $< > $@.tmp && mv $@.tmp $@

build/man/narrowgauge.3: docs/man/narrowgauge.3 docs/examples/round.c $(wildcard model/*.h) .ci/man3
	$(Q)mkdir -p $(@D) && .ci/man3 $(VERSION) --overview $< > $@.tmp && mv $@.tmp $@

# ---- fuzzers: tests/fuzz/fuzz_NAME.c, built with clang under build/fuzz ---------------------------------------------
FUZZ_RUNS ?= 100000
FUZZERS ?= $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
.PHONY: fuzz-build
fuzz-build: $(FUZZERS:%=build/fuzz/run/%)

# The parsers and what they call; the rest of the program uses vectors of gcc that clang does not have.
FUZZED := $(wildcard model/*.c model/parts/*.c src/base/*.c src/network/*.c src/data/*.c src/netlist/*.c src/synth/*.c) src/study/study.c src/formats/lookup.c src/quantize/method.c src/quantize/setting.c tests/fuzz/method_names.c \
    $(CLI_PARTS) tests/fuzz/fuzz.c $(GENERATED)
build/fuzz/core.a: $(call object,$(FUZZED))
	$(Q)rm -f $@ && $(AR) rcs $@ $^

.SECONDARY: $(FUZZERS:%=$(OUT)/obj/tests/fuzz/fuzz_%.o)
build/fuzz/run/%: $(OUT)/obj/tests/fuzz/fuzz_%.o build/fuzz/core.a
	@mkdir -p $(@D)
	$(Q)clang -fsanitize=fuzzer,address,undefined -o $@ $^ $(LDLIBS)

# ---- generated sources -------------------------------------------------------------------------------------------
build/gen/onnx.pb-c.c: src/network/onnx.proto
	$(Q)mkdir -p build/gen && protoc-c --c_out=build/gen --proto_path=src/network $<

# Part of every store key: a result is void as soon as the code that made it changes.
HASHED := $(wildcard model/* model/parts/* sim/* sim/*/* src/*/*.c src/*/*.h src/*/*.def)
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

$(TEST_PROGRAM): $(CORE_OBJECTS) $(call object,$(TESTS) $(CLI_PARTS))
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(TEST_LDLIBS) $(LDLIBS)

$(BENCH_PROGRAM): $(CORE_OBJECTS) $(call object,$(wildcard bench/*.c))
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)

$(EXHAUSTIVE_PROGRAM): $(call object,$(MODEL) $(wildcard tests/exhaustive/*.c))
	$(Q)$(CC) $(CFLAGS) -o $@ $^ -lm -lpthread

$(EVERY_FORMAT_PROGRAM): $(CORE_OBJECTS) $(call object,$(wildcard tests/ref/*.c tests/support/*.c tests/every_format/*.c))
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(TEST_LDLIBS) $(LDLIBS)

-include $(wildcard build/library/model/*.d build/library/model/parts/*.d $(OUT)/obj/*.d $(OUT)/obj/*/*.d $(OUT)/obj/*/*/*.d)
