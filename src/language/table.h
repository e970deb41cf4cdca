/* table.h - rows for people and for programs: text, csv, tsv, json. Streams: nothing is kept but in
 * text, where the widths come from the columns' declarations.
 *
 * Numbers in programs' formats read back as the same double. Numbers that are not finite are null
 * in JSON, which has no such numbers, and inf, -inf, nan elsewhere. */
#ifndef ACTLAB_LANGUAGE_TABLE_H
#define ACTLAB_LANGUAGE_TABLE_H

#include "base/error.h"

#include <stdio.h>

enum table_format { TABLE_TEXT, TABLE_CSV, TABLE_TSV, TABLE_JSON };
#define TABLE_FORMATS "text|csv|tsv|json" /* as args.h writes what format= can be */

struct table {
    FILE *out;
    enum table_format format;
    int columns, column, row;
    const char *const *name;
    const int *width; /* text: columns' widths, negative: left-aligned; else it may be NULL */
    int digits;       /* of reals in text: 4 unless it is set after table_begin */
};

/* Prints the header line. names and widths must live until table_end. */
void table_begin(struct table *, FILE *, enum table_format, int columns, const char *const *names,
                 const int *widths);
/* A cell each; the row ends with its last column. */
void table_real(struct table *, double v);  /* in text "-" for NaN */
void table_share(struct table *, double v); /* 0..1; in text as "12%" */
void table_int(struct table *, long long v);
void table_word(struct table *, const char *s); /* made harmless */
void table_end(struct table *);                 /* after the last row */

#endif
