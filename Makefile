# plugvet's tasks. The newcomer's two: make demo, make test.
#
# Scripts do the work (testdata/setup, testdata/darwin, testdata/hosts); what
# they fetch or make lands in build/, programs in bin/, and git ignores both.

GO      ?= go
PREFIX  ?= /usr/local
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unreleased)
LDFLAGS := -X main.version=$(VERSION)

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME    ?= 10s

# Go's ./... leaves out what lies below a directory called testdata.
PROGRAMS := ./testdata/bench/bare ./testdata/bench/generate ./testdata/bench/measure ./testdata/eval/compare ./testdata/evasion/cases ./testdata/evasion/generate \
	./testdata/evasion/hostile ./testdata/evasion/measure ./testdata/evasion/prove

# Homebrew keeps LLVM's tools and OpenSSL's pkg-config file apart.
BREW := $(shell command -v brew >/dev/null 2>&1 && brew --prefix)
ifneq ($(BREW),)
export PATH := $(PATH):$(BREW)/opt/llvm/bin
export PKG_CONFIG_PATH := $(PKG_CONFIG_PATH):$(BREW)/lib/pkgconfig:$(BREW)/opt/openssl@3/lib/pkgconfig
endif
export GO

.PHONY: help demo build test lint fixtures install man setup bench fuzz \
	darwin vet-darwin hosts-test browser-test formats-check yara45 \
	eval eval-selftest eval-evasion clean

help: ## list the targets (the default)
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

demo: build ## build, then scan small sites that show every verdict
	@testdata/demo.sh

build: setup ## install what is missing (libyara, pkg-config), build bin/plugvet
	$(GO) run ./scanner/match/prebuild
	$(GO) build -buildvcs=false -ldflags '$(LDFLAGS)' -o bin/plugvet ./cmd/plugvet

setup:
	@testdata/setup/packages.sh build

test: ## install what the tests compare with, run them all
	@testdata/setup/packages.sh test
	$(GO) test ./... ./testdata/eval/compare

lint: setup ## gofmt, vet, staticcheck
	@unformatted=$$(gofmt -l cmd manifests scanner signatures testdata); \
	test -z "$$unformatted" || { echo "gofmt would change:"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./... $(PROGRAMS)
	$(GO) vet -tags hosts ./scanner/locate/... ./scanner/inspect/...
	$(GO) vet -tags browser ./scanner/report
	$(GO) run $(STATICCHECK) ./... $(PROGRAMS)

fixtures: ## rebuild the binary fixtures and the rules archive from their sources
	@testdata/setup/packages.sh fixtures
	testdata/fixtures/build.sh
	testdata/fixtures/scripts/native/build.sh
	testdata/sites/build.sh
	$(GO) generate ./signatures

man: build ## write the manual page, bin/plugvet.1
	bin/plugvet manual >bin/plugvet.1

install: man ## copy plugvet and its manual to PREFIX (default /usr/local), below DESTDIR
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/man/man1'
	install -m 755 bin/plugvet '$(DESTDIR)$(PREFIX)/bin/plugvet'
	install -m 644 bin/plugvet.1 '$(DESTDIR)$(PREFIX)/share/man/man1/plugvet.1'

formats-check: build ## validate SARIF and the README's workflow with what npm and Go's proxy have
	@testdata/setup/packages.sh formats
	@testdata/formats/validate.sh '$(CURDIR)/bin/plugvet'

bench: build ## run the benchmarks, compare with sha256sum, aide and yara (Debian, fetches 0.8 GB)
	@testdata/setup/packages.sh bench
	@testdata/bench/prepare.sh
	PLUGVET_BENCH_TREE='$(CURDIR)/build/bench/npm' $(GO) test -run '^$$' -bench . -benchmem ./...
	@testdata/bench/run.sh

fuzz: setup ## run each fuzz test for FUZZTIME (default 10s)
	@testdata/setup/fuzz.sh $(FUZZTIME)

vet-darwin: ## vet for macOS everything but the YARA binding and its users
	@testdata/setup/vet-darwin.sh

darwin: ## link bin/plugvet-darwin-arm64 on Debian, vetting all of it
	@testdata/setup/packages.sh darwin
	@testdata/darwin/build.sh '$(LDFLAGS)'

yara45: setup ## test against Debian 13's libyara 4.5 on an older Debian
	@testdata/setup/yara45.sh

hosts-test: setup ## install real servers (Debian, root), compare with what they load
	@testdata/hosts/install.sh
	PATH="$(CURDIR)/build/hosts/bin:$$PATH" $(GO) test -count=1 -tags hosts ./scanner/locate/... ./scanner/inspect/...

browser-test: setup ## open the HTML report in Chromium: axe-core, keyboard, network, paper (Debian)
	@testdata/browser/install.sh
	$(GO) test -count=1 -timeout 30m -tags browser -run '^TestPagesInABrowser$$' ./scanner/report

eval-evasion: build ## write disguises that really work, prove it, count which ones plugvet finds (Linux, root)
	@testdata/setup/packages.sh evasion
	@testdata/evasion/run.sh

eval: build ## measure detection against independent labels (Debian, fetches 0.8 GB)
	@testdata/setup/packages.sh eval
	@testdata/eval/run.sh

eval-selftest: ## test the labellers that make eval trusts
	@testdata/setup/packages.sh eval
	@testdata/eval/selftest.sh

clean: ## remove bin and build
	rm -rf bin build
