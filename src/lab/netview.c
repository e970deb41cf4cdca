/* netview.c - see netview.h. */
#include "lab/netview.h"

#include <stddef.h>

#define NETVIEW(name, by_layer, needs_layers, alone, side, help) #name,
const char *const netview_names[NETVIEWS + 1] = {
#include "lab/netviews.def"
    NULL,
};
#undef NETVIEW

#define NETVIEW(name, by_layer, needs_layers, alone, side, help) help,
const char *const netview_help[NETVIEWS] = {
#include "lab/netviews.def"
};
#undef NETVIEW
