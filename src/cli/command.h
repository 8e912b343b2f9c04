/* SPDX-License-Identifier: MIT */
/* Commands: one row of the table in main.c and one cmd_*.c each. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/diagnostic.h"
#include "base/message.h"
#include "pipeline/pipeline.h"

/* what stands before the command */
typedef struct {
    const char *root; /* -C DIR */
    const char *format; /* --format=text|json */
    Diagnostics *diagnostics;
} Session;

typedef struct {
    const char *name;
    const char *arguments; /* for --help */
    const char *summary;
    int (*run)(Session *session, int argc, char **argv);
} Command;

int cmd_build(Session *session, int argc, char **argv);
int cmd_check(Session *session, int argc, char **argv);
int cmd_status(Session *session, int argc, char **argv);
int cmd_sync(Session *session, int argc, char **argv);
int cmd_diff(Session *session, int argc, char **argv);
int cmd_ack(Session *session, int argc, char **argv);
int cmd_waive(Session *session, int argc, char **argv);
int cmd_attic(Session *session, int argc, char **argv);
int cmd_deviations(Session *session, int argc, char **argv);
int cmd_facts(Session *session, int argc, char **argv);
int cmd_impact(Session *session, int argc, char **argv);
int cmd_merge(Session *session, int argc, char **argv);
int cmd_init_locale(Session *session, int argc, char **argv);
int cmd_export(Session *session, int argc, char **argv);
int cmd_import(Session *session, int argc, char **argv);
int cmd_fo(Session *session, int argc, char **argv);

/* parses argv with entries (a GOptionEntry array); description: the paragraph
 * under the options of --help.  What is left stays in argv.  False: said why;
 * *code is the exit code (0 after --help). */
bool command_options(const Command *command, const GOptionEntry *entries,
                     const char *description, int *argc, char ***argv,
                     int *code);
const Command *command_find(const char *name);
/* the editions named in argv, or all; NULL after a diagnostic */
char **command_editions(const Project *project, int argc, char **argv);
/* the project, opened, and command_editions of it; NULL after a diagnostic */
char **command_open(Session *session, int argc, char **argv,
                    Project **project);
/* argv[1] is an edition with an overlay; NULL after a diagnostic */
const char *command_overlay(const Project *project, int argc, char **argv);
/* What the commands that tell about overlays share.  The only option is --json
 * (or --format=json before the command); false as command_options. */
bool command_json_options(const Session *session, const char *name,
                          const char *description, int *argc, char ***argv,
                          bool *json, int *code);
/* appends an edition's part to text: words, or one JSON object */
typedef Result (*TellEdition)(Project *project, const char *edition, bool json,
                              GString *text, gpointer data);
/* Prints the parts of all editions but the base's, JSON as one array; the worst
 * result. */
Result command_tell(Project *project, char **editions, bool json,
                    TellEdition tell, gpointer data);
/* says what is wrong with the command line, `what` (or NULL) behind it; the
 * exit code */
int command_fault(const char *text, const char *what);
/* says how a command is used: "waive EDITION KEY"; the exit code */
int command_usage(const char *use);
/* says why the machine failed; RESULT_BROKEN for a promise of ours */
Result command_failure(Diagnostics *diagnostics, const char *name,
                       const GError *error);
/* "wrote FILE" or "would write FILE" of each */
void command_say_files(const GPtrArray *paths, bool written);
/* overlay_sync_with and what there is to say of it */
Result command_sync(Project *project, const SyncOptions *options);
/* writes text to standard output; false when that fails */
bool command_print(const char *text);

#endif
