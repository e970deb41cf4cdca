/* export_pytorch.c - a network as a PyTorch script: the model, the measurements and the training
 * loop as a person would write them, and the numbers at the end. */
#include "base/number.h"
#include "expr/python.h"
#include "net/export.h"
#include "net/trainer_private.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *flag(bool on)
{
    return on ? "True" : "False";
}

static const char *digits(double v, char out[NUMBER_TEXT_MAX])
{
    return number_shortest(out, v, 1);
}

static void settings(const struct trainer *t, struct text *out)
{
    const struct net_config *c = &t->config;
    char a[NUMBER_TEXT_MAX], b[NUMBER_TEXT_MAX], d[NUMBER_TEXT_MAX];

    text_printf(out, "LAYERS, WIDTH = %d, %d\n", c->layers, c->width);
    text_printf(out, "RESIDUAL, LAYERNORM = %s, %s\n", flag(c->residual), flag(c->layernorm));
    text_printf(out, "BATCH, RATE = %d, %s\n", trainer_batch(t), digits(c->lr, a));
    text_printf(out, "L1, L2, CLIP = %s, %s, %s\n", digits(c->l1, a), digits(c->decay, b),
                digits(c->clip, d));
    text_printf(out, "STEEPEST = %s  # the largest |f'|: saturated is below 5 %% of it\n",
                isnan(t->max_slope) ? "float(\"nan\")" : digits(t->max_slope, a));
}

static void function(const struct trainer *t, struct text *out)
{
    const struct activation *act = t->fn.act;
    char number[NUMBER_TEXT_MAX];

    python_functions(act, out);
    text_printf(out, "\n\ndef f(z):\n    return f_%s(z", act->name);
    if (act->alpha.meaning)
        text_printf(out, ", alpha=%s", digits(t->fn.alpha, number));
    if (act->beta.meaning)
        text_printf(out, ", beta=%s", digits(t->fn.beta, number));
    text_add(out, ")\n");
}

static const char model[] =
    "class Network(torch.nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        sizes = [2] + [WIDTH] * LAYERS + [1]\n"
    "        self.linear = torch.nn.ModuleList(torch.nn.Linear(*s) for s in zip(sizes, "
    "sizes[1:]))\n"
    "        with torch.no_grad():\n"
    "            for linear, (weight, bias) in zip(self.linear, PARAMETERS):\n"
    "                linear.weight.copy_(tensor(weight))\n"
    "                linear.bias.copy_(tensor(bias))\n"
    "\n"
    "    def forward(self, x, keep=None):\n"
    "        for layer, linear in enumerate(self.linear[:-1]):\n"
    "            z = linear(x)\n"
    "            if LAYERNORM:\n"
    "                z = F.layer_norm(z, (WIDTH,))\n"
    "            a = f(z)\n"
    "            x = a + x if RESIDUAL and layer > 0 else a\n"
    "            if keep is not None:\n"
    "                z.retain_grad()\n"
    "                keep.append((z, x))\n"
    "        return self.linear[-1](x)[:, 0]\n";

static const char table[] =
    "def rms(v):\n"
    "    return v.double().square().mean().sqrt().item()\n"
    "\n"
    "\n"
    "def layer_table(network):\n"
    "    \"\"\"The table that actlab shows, measured over the whole training set.\"\"\"\n"
    "    keep = []\n"
    "    network.zero_grad()\n"
    "    out = network(X, keep)\n"
    "    (cost(out, Y) * len(X)).backward()  # a sum: each sample's own gradient\n"
    "    print(\"layer       delta        grad         rms        mean        dead   saturated     "
    " "
    "update\")\n"
    "    for layer, (linear, (z, a)) in enumerate(zip(network.linear, keep), 1):\n"
    "        at = z.detach().requires_grad_()\n"
    "        slope = torch.autograd.grad(f(at).sum(), at)[0].abs()\n"
    "        grad = rms(linear.weight.grad) / len(X)\n"
    "        print(\"%5d %11.5e %11.5e %11.5e %11.4e %11.5e %11.5e %11.5e\" % (\n"
    "            layer, rms(z.grad), grad, rms(a), a.mean().item(),\n"
    "            (slope == 0).all(0).float().mean().item(),\n"
    "            (slope < .05 * STEEPEST).float().mean().item() if STEEPEST > 0 else "
    "float(\"nan\"),\n"
    "            RATE * grad / max(rms(linear.weight), 1e-300)))\n"
    "    print(\"loss %.6f\" % cost(out, Y).item(), accuracy(out, Y))\n"
    "\n"
    "\n";

static const char accuracy_bce[] =
    "def cost(out, y):\n"
    "    return F.binary_cross_entropy_with_logits(out, y)\n"
    "\n"
    "\n"
    "def accuracy(out, y):\n"
    "    return \"accuracy %.3f\" % ((out > 0) == (y > .5)).float().mean().item()\n";

static const char accuracy_squared[] =
    "def cost(out, y):\n"
    "    return F.mse_loss(out, y)\n"
    "\n"
    "\n"
    "def accuracy(out, y):\n"
    "    if not ((y == 0) | (y == 1)).all():\n"
    "        return \"\"\n"
    "    return \"accuracy %.3f\" % ((out > .5) == (y > .5)).float().mean().item()\n";

/* The optimiser with what it remembers. */
static void optimizer(const struct trainer *t, struct text *out)
{
    const struct net_config *c = &t->config;
    char number[NUMBER_TEXT_MAX];

    text_add(out,
             "def optimizer_of(network):\n"
             "    weights = [l.weight for l in network.linear]\n"
             "    biases = [l.bias for l in network.linear]\n"
             "    groups = [{\"params\": weights, \"weight_decay\": L2}, {\"params\": biases}]\n");
    switch ((enum net_optimizer)c->optimizer) {
    case OPT_SGD:
        text_add(out, "    return torch.optim.SGD(groups, lr=RATE)\n");
        return;
    case OPT_MOMENTUM:
        text_printf(out, "    optimizer = torch.optim.SGD(groups, lr=RATE, momentum=%s)\n",
                    digits(c->momentum, number));
        break;
    case OPT_RMSPROP:
        text_add(out, "    optimizer = torch.optim.RMSprop(groups, lr=RATE, alpha=.99)\n");
        break;
    case OPT_ADAM:
        text_printf(out, "    optimizer = torch.optim.Adam(groups, lr=RATE, betas=(%s, .999))\n",
                    digits(c->momentum, number));
        break;
    }
    if (t->step > 0) {
        text_add(out, "    for i, linear in enumerate(network.linear):\n"
                      "        for j, p in enumerate((linear.weight, linear.bias)):\n");
        if (c->optimizer == OPT_MOMENTUM)
            text_add(out, "            optimizer.state[p][\"momentum_buffer\"] = "
                          "tensor(MOMENTS[i][j])\n");
        else
            text_printf(out,
                        "            optimizer.state[p] = {\"step\": tensor(STEP), %s\"%s\": "
                        "tensor(SQUARES[i][j])}\n",
                        c->optimizer == OPT_ADAM ? "\"exp_avg\": tensor(MOMENTS[i][j]), " : "",
                        c->optimizer == OPT_ADAM ? "exp_avg_sq" : "square_avg");
    }
    text_add(out, "    return optimizer\n");
}

static const char loop[] =
    "def train(network, epochs):\n"
    "    optimizer = optimizer_of(network)\n"
    "    for epoch in range(1, epochs + 1):\n"
    "        for part in torch.randperm(len(X)).split(BATCH):\n"
    "            optimizer.zero_grad()\n"
    "            cost(network(X[part]), Y[part]).backward()\n"
    "            if CLIP > 0:\n"
    "                torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)\n"
    "            if L1 > 0:\n"
    "                for linear in network.linear:\n"
    "                    linear.weight.grad += L1 * linear.weight.detach().sign()\n"
    "            optimizer.step()\n"
    "        if epoch == epochs or epoch % max(1, epochs // 10) == 0:\n"
    "            with torch.no_grad():\n"
    "                out = network(X)\n"
    "            print(\"epoch %d  loss %.6f\" % (epoch, cost(out, Y).item()), accuracy(out, Y))\n";

static const char ending[] =
    "def main():\n"
    "    epochs = int(sys.argv[1]) if len(sys.argv) > 1 else 20\n"
    "    network = Network()\n"
    "    layer_table(network)\n"
    "    if epochs > 0:\n"
    "        train(network, epochs)\n"
    "        layer_table(network)\n"
    "        if len(TEST_X):\n"
    "            out = network(TEST_X)\n"
    "            print(\"held out: loss %.6f\" % cost(out, TEST_Y).item(), accuracy(out, TEST_Y))\n"
    "\n"
    "\n"
    "main()\n";

static void samples(const struct trainer *t, int from, int to, const char *x, const char *y,
                    struct text *out)
{
    const struct net_sample *s = t->data.sample;

    text_printf(out, "%s = tensor([", x);
    for (int i = from; i < to; i++)
        text_printf(out, "%s(%.9g, %.9g)",
                    i == from ? "\n    "
                    : i % 4   ? ", "
                              : ",\n    ",
                    (double)s[i].x1, (double)s[i].x2);
    text_printf(out, "]).reshape(%d, 2)\n%s = tensor([", to - from, y);
    for (int i = from; i < to; i++)
        text_printf(out, "%s%.9g",
                    i == from ? "\n    "
                    : i % 20  ? ", "
                              : ",\n    ",
                    (double)s[i].y);
    text_add(out, "])\n");
}

/* One array in the layout of the parameters, as a list of (weights [out][in], biases). */
static void array(const struct trainer *t, const char *name, const float *v, struct text *out)
{
    const struct network *net = &t->net;

    text_printf(out, "%s = [  # of each layer: weights by output, then biases\n", name);
    for (int l = 1; l <= net->layers + 1; l++) {
        text_add(out, "    ([");
        for (int o = 0; o < network_outs(net, l); o++) {
            text_add(out, o ? ",\n      [" : "[");
            for (int i = 0; i < network_ins(net, l); i++)
                text_printf(out, "%s%.9g", i ? ", " : "",
                            (double)v[network_weight(net, l, o, i) - net->w]);
            text_add(out, "]");
        }
        text_add(out, "],\n     [");
        for (int o = 0; o < network_outs(net, l); o++)
            text_printf(out, "%s%.9g", o ? ", " : "",
                        (double)v[network_weight(net, l, o, -1) - net->w]);
        text_add(out, "]),\n");
    }
    text_add(out, "]\n");
}

enum { MAX_PARAMETERS = 1 << 22 }; /* some 50 MB of text, which Python still reads */

static bool exportable(const struct trainer *t, struct error *e)
{
    if (t->net.params > MAX_PARAMETERS)
        return fail(e, "%zu weights are too many for a script: %d at most", t->net.params,
                    MAX_PARAMETERS);
    for (size_t i = 0; i < t->net.params; i++)
        if (t->diverged || !isfinite(t->net.w[i]))
            return fail(e, "the network has diverged, so there is nothing to continue: `back` or "
                           "`reset` first");
    return true;
}

bool network_to_pytorch(const struct trainer *t, struct text *out, struct error *e)
{
    const struct net_config *c = &t->config;

    if (!exportable(t, e))
        return false;
    text_printf(out,
                "#!/usr/bin/env python3\n"
                "\"\"\"A network from actlab " PACKAGE_VERSION
                ": %d hidden layers of %d units, after %" PRIu64 " steps.\n\n"
                "    python3 THIS_FILE [EPOCHS=20]\n\n"
                "prints its layer table, trains it on, and prints the table again. Needs PyTorch "
                "alone.\n\"\"\"\n"
                "import sys\n\n"
                "import torch\n"
                "import torch.nn.functional as F\n\n\n"
                "def tensor(v):\n"
                "    return torch.tensor(v, dtype=torch.float32)\n\n\n",
                c->layers, c->width, t->step);
    settings(t, out);
    text_printf(out, "STEP = %" PRIu64 "\ntorch.manual_seed(%" PRIu64 ")\n\n\n", t->step, c->seed);
    function(t, out);
    text_add(out, "\n\n");
    text_add(out, model);
    text_add(out, "\n\n");
    text_add(out, t->net.squared ? accuracy_squared : accuracy_bce);
    text_add(out, "\n\n");
    text_add(out, table);
    optimizer(t, out);
    text_add(out, "\n\n");
    text_add(out, loop);
    text_add(out, "\n\n");
    samples(t, 0, t->data.train, "X", "Y", out);
    samples(t, t->data.train, t->data.n, "TEST_X", "TEST_Y", out);
    array(t, "PARAMETERS", t->net.w, out);
    if (t->net.m && t->step > 0)
        array(t, "MOMENTS", t->net.m, out);
    if (t->net.v && t->step > 0)
        array(t, "SQUARES", t->net.v, out);
    text_add(out, "\n\n");
    text_add(out, ending);
    return true;
}
