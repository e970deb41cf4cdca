/* export_pytorch.c - the learner's next step: this very network as a PyTorch script.
 *
 * The script holds weights and data, measures what `layers` prints (the same definitions, by
 * autograd) and goes on training. */
#include "net/export.h"
#include "net/trainer_private.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* What PyTorch calls each function; {a} and {b} are alpha and beta. */
static const struct {
    const char *name, *python;
} forms[] = {
    {"sigmoid", "torch.sigmoid(z)"},
    {"tanh", "torch.tanh(z)"},
    {"relu", "F.relu(z)"},
    {"leaky_relu", "F.leaky_relu(z, ALPHA)"},
    {"elu", "F.elu(z, ALPHA)"},
    {"gelu", "F.gelu(z)"},
    {"swish", "z * torch.sigmoid(BETA * z)"},
    {"identity", "1.0 * z"},
    {"relu6", "F.relu6(z)"},
    {"prelu", "torch.where(z > 0, z, ALPHA * z)"},
    {"celu", "F.celu(z, ALPHA)"},
    {"selu", "F.selu(z)"},
    {"gelu_tanh", "F.gelu(z, approximate='tanh')"},
    {"mish", "F.mish(z)"},
    {"softplus", "F.softplus(z, BETA)"},
    {"softsign", "F.softsign(z)"},
    {"hardsigmoid", "F.hardsigmoid(z)"},
    {"hardtanh", "F.hardtanh(z)"},
    {"hardswish", "F.hardswish(z)"},
    {"logsigmoid", "F.logsigmoid(z)"},
    {"tanhshrink", "F.tanhshrink(z)"},
    {"softshrink", "F.softshrink(z, ALPHA)"},
    {"hardshrink", "F.hardshrink(z, ALPHA)"},
    {"threshold", "F.threshold(z, ALPHA, BETA)"},
};

static const char *form_of(const struct activation *a)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (!a->expr && strcmp(forms[i].name, a->name) == 0)
            return forms[i].python;
    return NULL;
}

static void add_numbers(struct text *out, const struct trainer *t, int layer, bool biases)
{
    const struct network *net = &t->net;

    for (int o = 0; o < network_outs(net, layer); o++) {
        if (biases) {
            text_printf(out, "%s%.9g", o ? ", " : "", (double)*network_weight(net, layer, o, -1));
            continue;
        }
        text_add(out, o ? ",\n      [" : "[");
        for (int i = 0; i < network_ins(net, layer); i++)
            text_printf(out, "%s%.9g", i ? ", " : "", (double)*network_weight(net, layer, o, i));
        text_add(out, "]");
    }
}

static void add_weights(struct text *out, const struct trainer *t)
{
    text_add(out, "# weights [out][in] and biases of each layer, the output last\nLAYERS = [\n");
    for (int l = 1; l <= t->net.layers + 1; l++) {
        text_add(out, "    ([");
        add_numbers(out, t, l, false);
        text_add(out, "],\n     [");
        add_numbers(out, t, l, true);
        text_add(out, "]),\n");
    }
    text_add(out, "]\n");
}

static void add_data(struct text *out, const struct trainer *t)
{
    text_printf(out, "# x1, x2, label; the first %d are for training\nDATA = [\n", t->data.train);
    for (int i = 0; i < t->data.n; i++)
        text_printf(out, "    (%.9g, %.9g, %.9g),\n", (double)t->data.sample[i].x1,
                    (double)t->data.sample[i].x2, (double)t->data.sample[i].y);
    text_add(out, "]\n");
}

static void add_optimizer(struct text *out, const struct net_config *c)
{
    static const char *const makers[] = {
        [OPT_SGD] = "torch.optim.SGD(parameters, lr=LR)",
        [OPT_MOMENTUM] = "torch.optim.SGD(parameters, lr=LR, momentum=MOMENTUM)",
        [OPT_RMSPROP] = "torch.optim.RMSprop(parameters, lr=LR)",
        [OPT_ADAM] = "torch.optim.Adam(parameters, lr=LR, betas=(MOMENTUM, 0.999))",
    };

    text_printf(out, "\n\ndef make_optimizer(parameters):\n    return %s\n", makers[c->optimizer]);
}

static void add_settings(struct text *out, const struct trainer *t)
{
    const struct net_config *c = &t->config;

    text_printf(out, "ALPHA, BETA = %.17g, %.17g\n", isfinite(t->fn.alpha) ? t->fn.alpha : 0,
                isfinite(t->fn.beta) ? t->fn.beta : 0);
    text_printf(out,
                "LR, MOMENTUM, BATCH, TRAIN, STEP, SEED = %.17g, %.17g, %d, %d, %" PRIu64
                ", %" PRIu64 "\n",
                c->lr, c->momentum, trainer_batch(t), t->data.train, t->step, c->seed);
    text_printf(out, "DECAY, L1, CLIP = %.17g, %.17g, %.17g\n", c->decay, c->l1, c->clip);
    text_printf(out, "RESIDUAL, LAYERNORM, SQUARED = %s, %s, %s\n", c->residual ? "True" : "False",
                c->layernorm ? "True" : "False",
                net_config_loss(c) == LOSS_SQUARED ? "True" : "False");
    text_printf(out, "MAX_SLOPE = %.17g  # of |f'|: what 'saturated' is relative to\n",
                t->max_slope);
}

/* The parts of the script that are the same for every network. */
static const char head[] = "import torch\n"
                           "import torch.nn.functional as F\n\n";

static const char body[] =
    "\n\nclass Net(torch.nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.linear = torch.nn.ModuleList()\n"
    "        for weights, biases in LAYERS:\n"
    "            layer = torch.nn.Linear(len(weights[0]), len(weights))\n"
    "            layer.weight.data = torch.tensor(weights)\n"
    "            layer.bias.data = torch.tensor(biases)\n"
    "            self.linear.append(layer)\n\n"
    "    def forward(self, x, keep=None):\n"
    "        for n, layer in enumerate(self.linear[:-1]):\n"
    "            z = layer(x)\n"
    "            if LAYERNORM:\n"
    "                z = F.layer_norm(z, z.shape[-1:])\n"
    "            if keep is not None:\n"
    "                z.retain_grad()\n"
    "                keep.append(z)\n"
    "            x = f(z) + x if RESIDUAL and n > 0 else f(z)\n"
    "        return self.linear[-1](x).squeeze(-1)\n\n\n"
    "def loss_of(out, y, reduction):\n"
    "    if SQUARED:\n"
    "        return F.mse_loss(out, y, reduction=reduction)\n"
    "    return F.binary_cross_entropy_with_logits(out, y, reduction=reduction)\n\n\n"
    "def rms(t):\n"
    "    return t.double().square().mean().sqrt().item()\n\n\n"
    "def layer_table(net, x, y):\n"
    "    \"\"\"delta is dloss/dz of each sample; grad is dloss/dW of the mean loss.\"\"\"\n"
    "    kept = []\n"
    "    net.zero_grad()\n"
    "    loss_of(net(x, kept), y, 'sum').backward()\n"
    "    print('layer      delta       grad        rms       mean   dead  saturated')\n"
    "    for n, z in enumerate(kept):\n"
    "        z1 = z.detach().requires_grad_()\n"
    "        a = f(z1)\n"
    "        slope, = torch.autograd.grad(a.sum(), z1)\n"
    "        dead = (slope == 0).all(0).double().mean().item()\n"
    "        saturated = (slope.abs() < 0.05 * MAX_SLOPE).double().mean().item()\n"
    "        grad = rms(net.linear[n].weight.grad / len(x))\n"
    "        a = a.detach() if not RESIDUAL or n == 0 else a.detach() + inputs\n"
    "        inputs = a\n"
    "        print(f'{n + 1:5} {rms(z.grad):10.4g} {grad:10.4g} {rms(a):10.4g} '\n"
    "              f'{a.double().mean().item():10.4g} {dead:6.0%} {saturated:10.0%}')\n"
    "    net.zero_grad()\n\n\n"
    "def train(net, optimizer, x, y, epochs):\n"
    "    weights = [layer.weight for layer in net.linear]\n"
    "    for _ in range(epochs):\n"
    "        for rows in torch.randperm(len(x)).split(BATCH):\n"
    "            optimizer.zero_grad()\n"
    "            loss_of(net(x[rows]), y[rows], 'mean').backward()\n"
    "            if CLIP > 0:\n"
    "                torch.nn.utils.clip_grad_norm_(net.parameters(), CLIP)\n"
    "            for w in weights:  # decay pulls at weights, not at biases\n"
    "                w.grad += L1 * w.detach().sign() + DECAY * w.detach()\n"
    "            optimizer.step()\n\n\n"
    "def report(net, x, y):\n"
    "    with torch.no_grad():\n"
    "        out = net(x)\n"
    "        right = ((out > (0.5 if SQUARED else 0)) == (y > 0.5)).double().mean().item()\n"
    "        print(f'loss {loss_of(out, y, \"mean\").item():.6f}  accuracy {right:.3f}')\n\n\n"
    "def main():\n"
    "    torch.manual_seed(SEED)\n"
    "    data = torch.tensor(DATA)\n"
    "    x, y = data[:TRAIN, :2], data[:TRAIN, 2]\n"
    "    net = Net()\n"
    "    optimizer = make_optimizer(net.parameters())\n"
    "    print(f'step {STEP}')\n"
    "    report(net, x, y)\n"
    "    layer_table(net, x, y)\n"
    "    train(net, optimizer, x, y, 20)\n"
    "    print('\\nafter 20 more epochs')\n"
    "    report(net, x, y)\n"
    "    layer_table(net, x, y)\n\n\n"
    "if __name__ == '__main__':\n"
    "    main()\n";

bool network_to_pytorch(const struct trainer *t, struct text *out, struct error *e)
{
    const char *form = form_of(t->fn.act);

    if (!form)
        return fail(e, "%s has no form in PyTorch to export: swap to a function of the table first",
                    t->fn.act->name[0] ? t->fn.act->name : t->fn.act->formula);
    if (t->diverged)
        return fail(e, "the network has diverged: there is nothing to go on with");
    text_printf(out,
                "#!/usr/bin/env python3\n\"\"\"A network of actlab's: %d hidden layers of %d "
                "units, %s.\"\"\"\n",
                t->net.layers, t->net.width, t->fn.act->name);
    text_add(out, head);
    add_settings(out, t);
    add_weights(out, t);
    add_data(out, t);
    text_printf(out, "\n\ndef f(z):\n    return %s\n", form);
    add_optimizer(out, &t->config);
    text_add(out, body);
    return true;
}
