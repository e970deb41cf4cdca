/* pasted.c - see pasted.h. */
#include "base/pasted.h"

#include <string.h>

static const struct pasted table[] = {
    {"\u2212", "-"},     {"\u2010", "-"},   {"\u2011", "-"}, /* minus, hyphens */
    {"\u2013", "-"},     {"\uff0d", "-"},   {"\uff0b", "+"}, /* en dash; full width */
    {"\u00d7", "*"},     {"\u00b7", "*"},   {"\u22c5", "*"}, /* times, middle dot, dot operator */
    {"\u2217", "*"},     {"\u2022", "*"},   {"\u00f7", "/"}, /* asterisk, bullet; division */
    {"\u2215", "/"},     {"\u2044", "/"},                    /* slashes of division, fractions */
    {"\u2264", "<="},    {"\u2265", ">="},  {"\u2260", "!="},    {"\u221a", "sqrt("},
    {"\u221b", "cbrt("}, /* roots */
    {"\u03c0", "pi"},    {"\u221e", "inf"}, {"\u03b1", "alpha"}, {"\u03b2", "beta"},
    {"\u2070", "^0"},    {"\u00b9", "^1"},  {"\u00b2", "^2"},    {"\u00b3", "^3"},
    {"\u2074", "^4"},    {"\u2075", "^5"},  {"\u2076", "^6"},    {"\u2077", "^7"},
    {"\u2078", "^8"},    {"\u2079", "^9"},  {"\u207b", "^-"}, /* raised minus */
    {"\u00a0", " "},     {"\u2009", " "},   {"\u202f", " "},     {"\u200a", " "},
    {"\u3000", " "},     {"\u200b", " "},
};

const struct pasted *pasted_at(const char *s, size_t left)
{
    for (size_t i = 0; (unsigned char)*s >= 0x80 && i < sizeof table / sizeof *table; i++) {
        size_t n = strlen(table[i].sign);

        if (n <= left && memcmp(s, table[i].sign, n) == 0)
            return &table[i];
    }
    return NULL;
}

size_t pasted_minus(const char *s)
{
    const struct pasted *p = pasted_at(s, strlen(s));

    return *s == '-' ? 1 : p && strcmp(p->meant, "-") == 0 ? strlen(p->sign) : 0;
}
