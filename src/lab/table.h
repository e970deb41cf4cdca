/* table.h - rows for people and for programs: text, csv, tsv, json. Streams: nothing is kept but in
 * text, where the widths come from the columns' declarations. */
#ifndef ACTLAB_LAB_TABLE_H
#define ACTLAB_LAB_TABLE_H

#include "base/error.h"

#include <stdio.h>

enum table_format { TABLE_TEXT, TABLE_CSV, TABLE_TSV, TABLE_JSON };
extern const char *const table_formats[];

struct table {
    FILE *out;
    enum table_format format;
    int columns, column, row;
    const char *const *name;
    const int *width; /* text: columns' widths, negative: left-aligned */
};

bool table_format_find(const char *name, enum table_format *, struct error *); /* NULL: text */
void table_begin(struct table *, FILE *, enum table_format, int columns, const char *const *names,
                 const int *widths);
void table_real(struct table *,
                double v); /* %.17g in programs' formats, short in text; null for NaN in JSON */
void table_share(struct table *, double v); /* 0..1; in text as "12%" */
void table_int(struct table *, long long v);
void table_word(struct table *, const char *s);
void table_end(struct table *); /* after the last row */

#endif
