/* SPDX-License-Identifier: MIT */
/* The working language. */
#include "overlay/via.h"

#include "base/message.h"
#include "base/xml.h"
#include "overlay/match.h"
#include "overlay/verdict.h"

#include <string.h>

Edition *
via_load(const Edition *edition, Diagnostics *diagnostics)
{
    const xmlNode *data = xml_child(document_root(edition->words), "edition");
    const char *name = data == NULL ? NULL : xml_attribute(data, "via");
    if (name == NULL)
        return NULL;
    const Manual *manual = edition->manual;
    if (strcmp(name, edition->name) == 0 ||
        strcmp(name, manual->lang) == 0 ||
        !g_strv_contains((const char *const *)manual->editions, name)) {
        g_autofree char *path =
            g_build_filename("locales", edition->name, "edition.xml", NULL);
        diagnostics_add(diagnostics, LEVEL_WARNING, "via-unknown",
                        (Place){g_intern_string(path), 0, 0},
                        _("via=\"%s\" is none of the other editions; name the "
                          "folder of the one whose text shall stand beside the "
                          "base's, or delete it"),
                        name);
        return NULL;
    }
    g_autoptr(Diagnostics) its_own = diagnostics_new();
    Edition *via = edition_load(edition->base, manual, name, its_own);
    match_units(via, &(MatchOptions){.for_sync = false}, its_own);
    return via;
}

const Unit *
via_unit(const Edition *via, const BaseBlock *block)
{
    if (via == NULL)
        return NULL;
    const BaseBlock *same = &via->blocks[block->order];
    const Unit *unit = same->unit;
    bool fits = unit != NULL && same->removal == NULL && !unit->damaged &&
                unit->operation == OPERATION_TRANSLATE &&
                judge_unit(via, unit, same).state == STATE_CURRENT;
    return fits ? unit : NULL;
}
