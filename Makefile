# SPDX-License-Identifier: MIT
#
#   make               install what is missing, build, typeset every edition
#   make print         files for the print shop and booklets, of every edition
#   make workshops     handouts, agendas and forms of manual/workshops.xml
#   make check         every quick test; make check-slow: the long ones
#   make bench         figures of speed and memory
#   make install       PREFIX=/usr/local DESTDIR=
#
# NO_APT=1 never installs; CC=clang and CFLAGS=... as usual;
# SANITIZE=1 builds with AddressSanitizer and UBSan into build/sanitize,
# FUZZ=1 fuzz-programs the fuzz targets into build/fuzz.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.SUFFIXES:

PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wvla
BUILD := build
OBJECTS_FOLDER := $(BUILD)/obj
ifdef SANITIZE
OBJECTS_FOLDER := $(BUILD)/sanitize
SANITIZERS := -fsanitize=address,undefined -fno-omit-frame-pointer
endif
ifdef FUZZ
OBJECTS_FOLDER := $(BUILD)/fuzz
override CC := clang
SANITIZERS := -fsanitize=fuzzer-no-link,address,undefined
endif

# ---- packages ------------------------------------------------------------

.PHONY: all editions print workshops check check-slow bench install clean packages test-packages
all: editions

packages:
	@tools/packages build
test-packages:
	@tools/packages test
.PHONY: slow-packages
slow-packages:
	@tools/packages slow

LIBRARIES := glib-2.0 gio-2.0 libxml-2.0 libxslt libexslt pango pangoft2 \
  pangocairo harfbuzz fontconfig freetype2 cairo librsvg-2.0 libpng libjpeg \
  lcms2 zlib libdeflate icu-i18n icu-uc hunspell
PKG_CFLAGS = $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
PKG_LIBS = $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) \
  -lcmark-gfm -lcmark-gfm-extensions -lgettextpo -lm

# ---- the program ---------------------------------------------------------

SOURCES := $(sort $(wildcard src/*/*.c))
PROGRAM_SOURCES := $(filter-out src/preview/%,$(SOURCES))
OBJECTS := $(PROGRAM_SOURCES:src/%.c=$(OBJECTS_FOLDER)/%.o) \
  $(OBJECTS_FOLDER)/schemas.o
LIBRARY_OBJECTS := $(filter-out $(OBJECTS_FOLDER)/cli/%,$(OBJECTS))
PROGRAM := $(BUILD)/vadovas
ifdef SANITIZE
PROGRAM := $(OBJECTS_FOLDER)/vadovas
endif

VERSION := 0.1.0
COMPILE = $(CC) -std=gnu11 $(WARNINGS) $(if $(WERROR),-Werror) $(CFLAGS) \
  $(SANITIZERS) -ffp-contract=off -Isrc -I$(OBJECTS_FOLDER) $(PKG_CFLAGS) \
  -DVADOVAS_VERSION='"$(VERSION)"' \
  -DVADOVAS_DATA='"$(PREFIX)/share/vadovas"' -MMD -MP

$(OBJECTS_FOLDER)/%.o: src/%.c | packages
	@mkdir -p $(@D)
	$(if $(V),,@echo "  CC $<";)$(COMPILE) -c $< -o $@

SCHEMAS := $(sort $(wildcard src/schemas/*.rng))
$(OBJECTS_FOLDER)/schemas.c: $(SCHEMAS) tools/embed-schemas
	@mkdir -p $(@D)
	@tools/embed-schemas $(SCHEMAS) > $@
$(OBJECTS_FOLDER)/schemas.o: $(OBJECTS_FOLDER)/schemas.c | packages
	@$(COMPILE) -c $< -o $@

# messages in other languages, beside the program
LOCALE := $(patsubst %/,%,$(dir $(PROGRAM)))/locale
CATALOGUES := $(patsubst po/%.po,$(LOCALE)/%/LC_MESSAGES/vadovas.mo,$(wildcard po/*.po))
$(LOCALE)/%/LC_MESSAGES/vadovas.mo: po/%.po | packages
	@mkdir -p $(@D)
	@msgfmt -c -o $@ $<

$(PROGRAM): $(OBJECTS) | $(CATALOGUES)
	@mkdir -p $(@D)
	@echo "  LD $@"
	@$(CC) $(CFLAGS) $(SANITIZERS) $(OBJECTS) -o $@ $(PKG_LIBS)

-include $(OBJECTS:.o=.d)

# ---- the manuals ---------------------------------------------------------

# an edition is a folder of locales/ with an edition.xml; the base's folder
# carries the name of its language
BASE := $(shell sed -n 's/.*<manual[^>]* lang="\([^"]*\)".*/\1/p' manual/manual.xml)
EDITIONS := $(BASE) $(patsubst locales/%/edition.xml,%,$(wildcard locales/*/edition.xml))
MANUALS := $(EDITIONS:%=$(BUILD)/%/manual.pdf)

editions: $(MANUALS)

$(BUILD)/%/manual.pdf: $(PROGRAM)
	@echo "  SET $@"
	@$(PROGRAM) build $* --deps

-include $(EDITIONS:%=$(BUILD)/%/manual.d)

# always: what was current yesterday may be overdue today, with no file changed
print: $(PROGRAM)
	@$(PROGRAM) build --output print,booklet
	@ls -l $(EDITIONS:%=$(BUILD)/%/manual-print.pdf) \
	  $(EDITIONS:%=$(BUILD)/%/manual-booklet.pdf)

workshops: $(PROGRAM)
	@$(PROGRAM) build --workshop all
	@find $(BUILD)/workshops -name '*.pdf' | sort

# ---- tests ---------------------------------------------------------------

UNIT_SOURCES := $(sort $(wildcard tests/unit/test_*.c))
UNIT_PROGRAMS := $(UNIT_SOURCES:tests/unit/%.c=$(OBJECTS_FOLDER)/tests/%)

$(OBJECTS_FOLDER)/tests/%: tests/unit/%.c $(LIBRARY_OBJECTS)
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(COMPILE) -Itests/unit $< $(LIBRARY_OBJECTS) -o $@ $(PKG_LIBS)
-include $(UNIT_PROGRAMS:%=%.d)

.PHONY: unit-programs
unit-programs: $(UNIT_PROGRAMS)

FUZZ_SOURCES := $(sort $(wildcard tests/fuzz/fuzz_*.c))
$(OBJECTS_FOLDER)/tests/fuzz_%: tests/fuzz/fuzz_%.c $(LIBRARY_OBJECTS)
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(COMPILE) -fsanitize=fuzzer -Itests/unit $< $(LIBRARY_OBJECTS) -o $@ $(PKG_LIBS)
.PHONY: fuzz-programs
fuzz-programs: $(FUZZ_SOURCES:tests/fuzz/%.c=$(OBJECTS_FOLDER)/tests/%)

check: test-packages $(PROGRAM) $(UNIT_PROGRAMS) editions
	@BUILD=$(BUILD) OBJECTS=$(OBJECTS_FOLDER) PROGRAM=$(PROGRAM) tests/run quick

check-slow: slow-packages $(PROGRAM) $(UNIT_PROGRAMS) editions
	@BUILD=$(BUILD) OBJECTS=$(OBJECTS_FOLDER) PROGRAM=$(PROGRAM) tests/run slow

bench: $(PROGRAM)
	@tests/bench/run $(PROGRAM)
	@tests/bench/overlays $(PROGRAM)

# ---- install -------------------------------------------------------------

DATA = $(DESTDIR)$(PREFIX)/share
install: $(PROGRAM) $(CATALOGUES)
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/vadovas
	install -D -m 644 -t $(DATA)/vadovas/styles $(wildcard styles/*.*)
	install -D -m 644 -t $(DATA)/vadovas/styles/hyphenation \
	    $(wildcard styles/hyphenation/*)
	install -D -m 644 -t $(DATA)/vadovas/styles/prose $(wildcard styles/prose/*)
	set -e; for file in $(CATALOGUES:$(LOCALE)/%=%); do \
	  install -D -m 644 $(LOCALE)/$$file $(DATA)/locale/$$file; done
	install -D -m 644 docs/vadovas.1 $(DATA)/man/man1/vadovas.1
	install -D -m 644 completions/vadovas.bash \
	  $(DATA)/bash-completion/completions/vadovas

clean:
	find $(BUILD) -mindepth 1 -not -name .gitignore -delete

# the picture in the README
docs/spread.png: $(BUILD)/$(BASE)/manual.pdf
	@$(PROGRAM) build $(BASE) --picture=$@ --page=66
