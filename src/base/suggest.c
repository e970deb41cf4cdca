/* suggest.c - see nearest.h. */
#include "base/suggest.h"

#include <string.h>

enum { NEAR_MAX = 40 };

/* Optimal string alignment distance: insertions, deletions, changes, and neighbours swapped, the
 * commonest slips. */
static int distance(const char *a, const char *b)
{
    int d[NEAR_MAX + 1][NEAR_MAX + 1];
    int n = (int)strlen(a), m = (int)strlen(b);

    if (n > NEAR_MAX || m > NEAR_MAX)
        return NEAR_MAX;
    for (int i = 0; i <= n; i++)
        d[i][0] = i;
    for (int j = 0; j <= m; j++)
        d[0][j] = j;
    for (int i = 1; i <= n; i++)
        for (int j = 1; j <= m; j++) {
            int best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

            if (d[i - 1][j] + 1 < best)
                best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best)
                best = d[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    return d[n][m];
}

const char *suggest(const char *word, const char *(*candidate)(const void *, int),
                    const void *context)
{
    const char *best = NULL, *c;
    const int letters = (int)strlen(word);
    int least = 1 + (letters > 3 ? letters / 3 : 1); /* a third of the letters may be wrong */

    for (int i = 0; (c = candidate(context, i)); i++) {
        int d = distance(word, c);

        if (d < least && d < (int)strlen(c)) {
            least = d;
            best = c;
        }
    }
    return best;
}
