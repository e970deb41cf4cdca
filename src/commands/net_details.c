/* net_details.c - what theory says of a network, explained: `net details`. */
#include "base/number.h"
#include "commands/handlers.h"
#include "lab/netview.h"
#include "lab/sentence.h"

#include <math.h>

/* The theory of wide networks about this one at its start: for each layer, and far from the
 * input. Of a trained one it says nothing. */
void net_details(struct lab *lab, FILE *out)
{
    const struct probe *p = &lab->measured.probe;
    struct text said = {0};
    double scale;

    lab_measure(lab);
    scale = p->depth_scale;
    lab_sentence(lab, NETVIEW_gradient, &said);
    fprintf(out, "%s\n", text_str(&said));
    text_free(&said);
    if (p->layers == 0 || isnan(p->layer[1].chi)) {
        fputs("Theory predicts nothing here.\n", out);
        return;
    }
    fputs(
        "\nTheory speaks of wide networks with fresh weights, before any training. Going back "
        "through a\n"
        "layer it multiplies delta^2 by chi = sigma_w^2 E[f'(z)^2], so delta by the root of it:\n\n"
        "layer  chi     delta\n",
        out);
    for (int l = 1; l <= p->layers; l++)
        fprintf(out, "%5d  %-6.3g  x %.3g\n", l, p->layer[l].chi, sqrt(p->layer[l].chi));
    if (isnan(scale))
        return;
    fprintf(out,
            "\nFar from the input, where the lengths of the activations have settled, chi is %.3g",
            exp(number_quotient(-1, scale)));
    if (isinf(scale))
        fputs(": delta^2\nneither falls nor grows there, the depth scale is infinite.\n", out);
    else
        fprintf(out, ", and\ndelta^2 %s by e in %.3g layers: the depth scale.\n",
                scale < 0 ? "grows" : "falls", fabs(scale));
    fputs("The layers above are nearer to the input than that, and have their own chi.\n", out);
}
