/* SPDX-License-Identifier: MIT */
/*
 * Profiles: the assembler puts the files of icc/ into the program, so that an
 * installed one needs no folder of its own.  Compile from the project's root.
 */
#include "pdf/profiles.h"

#define EMBED(symbol, file)                                                    \
    __asm__(".pushsection .rodata\n"                                           \
            ".balign 16\n" #symbol ":\n"                                       \
            ".incbin \"" file "\"\n" #symbol "_end:\n"                         \
            ".byte 0\n"                                                        \
            ".popsection\n");                                                  \
    extern const guint8 symbol[] __attribute__((visibility("hidden")));        \
    extern const guint8 symbol##_end[] __attribute__((visibility("hidden")))

EMBED(profile_data_srgb, "icc/sRGB.icc");
EMBED(profile_data_fogra39, "icc/FOGRA39L_coated.icc");

const guint8 *
profile_srgb(gsize *length)
{
    *length = (gsize)(profile_data_srgb_end - profile_data_srgb);
    return profile_data_srgb;
}

const guint8 *
profile_fogra39(gsize *length)
{
    *length = (gsize)(profile_data_fogra39_end - profile_data_fogra39);
    return profile_data_fogra39;
}
