# Floorcoach's set-up and everyday commands. `make help` lists them; the work itself is done by cargo and by scripts/.
# Written for GNU make 3.81 and later, which is what macOS ships.

# `required`: stop where the natural voice cannot be fetched. `wanted`: say so loudly and go on without it.
VOICE ?= wanted

# `1`: with the voice of the system on Linux too, which links a library of speech-dispatcher's. For build, install, test, check.
SYSTEM_VOICE ?=

FEATURES = $(if $(SYSTEM_VOICE),--features system-voice)

# How much of the rig: `full`, or `short` as CI does.
RIG ?= full
# The sound server that it starts: `pulseaudio` or `pipewire`.
SERVER ?= pulseaudio

# How many seconds each target of `make fuzz` runs.
FUZZ ?= 600

# Where `make install` puts things. DESTDIR goes in front of it, for packagers.
PREFIX ?= $(if $(filter 0,$(shell id -u)),/usr/local,$(HOME)/.local)

.DEFAULT_GOAL := help
.PHONY: help demo test check build install uninstall bench rig system-voice fuzz sounds fmt clean setup voice rust fmt-check clippy doc

# The targets below follow each other on purpose (what fails fast comes first), and cargo is parallel by itself.
.NOTPARALLEL:

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s%s\n", $$1, $$2 }'

demo: setup ## install what is missing, build, render upper-back-short.wav and play it
	@scripts/demo.sh

test: setup ## the same set-up, then every test
	$(if $(SYSTEM_VOICE),scripts/speech-packages.sh test)
	cargo test --locked $(FEATURES)

check: VOICE = required
check: fmt-check clippy doc test ## everything CI runs: formatting, lints, documentation, tests

build: setup ## build the program in release; its path is the last line
	@SYSTEM_VOICE='$(SYSTEM_VOICE)' scripts/build-release.sh

install: ## build, then put program, manual page and completions under PREFIX (~/.local; root: /usr/local)
	@VOICE='$(VOICE)' SYSTEM_VOICE='$(SYSTEM_VOICE)' PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install.sh

uninstall: ## remove what `make install` put there
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install.sh --uninstall

bench: setup ## measure speed, memory and size against the targets (some minutes; BENCHMARKS.md explains)
	cargo bench --locked --bench voice
	python3 scripts/bench.py
	python3 scripts/bench_files.py --install
	python3 scripts/bench_import.py
	python3 scripts/bench_live.py

rig: setup ## measure what is really heard, on a sound server of its own (40 minutes; RIG=short: 3)
	@scripts/rig.sh '$(RIG)' '$(SERVER)'

system-voice: setup ## build the system's voice and test it against a real speech-dispatcher, which it installs
	@scripts/system-voice.sh

fuzz: setup ## feed import and the reader of routines with random bytes (FUZZ=seconds each; needs cargo-fuzz and a nightly compiler)
	@scripts/fuzz.sh '$(FUZZ)'

sounds: setup ## make the files in sounds/ anew from their parameters
	cargo run --locked --release --example make_sounds

fmt: rust ## format the code
	cargo fmt

clean: ## remove what was built; the fetched voice stays
	cargo clean
	rm -f upper-back-short.wav

setup: ## only install and fetch what the others need
	@scripts/setup.sh '$(VOICE)'

voice: ## only fetch the natural voice
	@scripts/fetch-voice.sh

# The steps of `check`, in its order. Formatting needs neither libraries nor the voice, so it is asked first.
rust:
	@scripts/check-rust.sh

fmt-check: rust
	cargo fmt --check

clippy: setup
	cargo clippy --all-targets --locked -- -D warnings

doc: setup
	RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --locked --document-private-items
