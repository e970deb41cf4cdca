/* netview.h - what the network pane can show, made from netviews.def. */
#ifndef ACTLAB_LAB_NETVIEW_H
#define ACTLAB_LAB_NETVIEW_H

enum { /* model.netview */
#define NETVIEW(name, by_layer, needs_layers, alone, side, help) NETVIEW_##name,
#include "lab/netviews.def"
#undef NETVIEW
       NETVIEWS
};

extern const char *const netview_names[NETVIEWS + 1]; /* NULL-terminated */
extern const char *const netview_help[NETVIEWS];

#endif
