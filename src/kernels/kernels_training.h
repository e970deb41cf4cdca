/* kernels_training.h - loss, norms and updates, in vectors. Included once by each width's file.
 *
 * The updates are plain loops: each element for itself, the compiler makes vectors of them for the
 * CPU that the including file is compiled for. */

/* log(1 + e^z) - y z = max(z, 0) + log(1 + e^-|z|) - y z */
static double cross_entropy(int n, const float *z, const float *y, float scale, float *dz)
{
    float lane[LANES] = {0}, target[LANES] = {0}, out[LANES];
    double loss = 0;

    for (int i = 0, left; i < n; i += left) {
        const float *from = z + i, *label = y + i;
        vf x, t, e, r;

        left = n - i < LANES ? n - i : LANES;
        if (left < LANES) {
            memcpy(lane, z + i, sizeof *z * (size_t)left);
            memcpy(target, y + i, sizeof *y * (size_t)left);
            from = lane;
            label = target;
        }
        x = load(from);
        t = load(label);
        e = decay(x);
        r = reciprocal(1 + e);
        if (dz) {
            store(out, scale * (choose(x, all(0), r, e * r) - t));
            memcpy(dz + i, out, sizeof *out * (size_t)left);
        }
        store(out, at_least(all(0), x) + log_of_1_plus(e) - t * x);
        for (int j = 0; j < left; j++)
            loss += (double)out[j];
    }
    return loss;
}

/* Half a vector of floats makes a vector of doubles; four sums, so that none waits for another. */
static double squares(size_t n, const float *v)
{
    typedef float half __attribute__((vector_size(2 * LANES)));
    typedef float half_memory __attribute__((vector_size(2 * LANES), aligned(4), may_alias));
    typedef double wide __attribute__((vector_size(4 * LANES)));
    wide part[4] = {{0}};
    double sum = 0;
    size_t i = 0;

    for (; i + 2 * LANES <= n; i += 2 * LANES)
        EACH (k, 4) {
            half h = *(const half_memory *)(v + i + k * LANES / 2);
            wide x = __builtin_convertvector(h, wide);

            part[k] += x * x;
        }
    for (; i < n; i++)
        sum += (double)v[i] * (double)v[i];
    part[0] = (part[0] + part[1]) + (part[2] + part[3]);
    EACH (k, LANES / 2)
        sum += part[0][k];
    return sum;
}

static void sgd(const struct kernel_update *u, size_t n, float *restrict w, const float *restrict g)
{
    float lr = u->lr * u->scale;

    for (size_t i = 0; i < n; i++)
        w[i] -= lr * g[i];
}

/* The gradient with its decay: g' of kernels.h. */
INLINE float decayed(const struct kernel_update *u, float w, float g)
{
    float sign = w > 0 ? 1.f : w < 0 ? -1.f : 0.f;

    return u->scale * g + u->l1 * sign + u->decay * w;
}

static void sgd_decayed(const struct kernel_update *u, size_t n, float *restrict w,
                        const float *restrict g)
{
    const struct kernel_update k = *u;

    for (size_t i = 0; i < n; i++)
        w[i] -= k.lr * decayed(&k, w[i], g[i]);
}

static void momentum(const struct kernel_update *u, size_t n, float *restrict w,
                     const float *restrict g, float *restrict m)
{
    const struct kernel_update k = *u;

    for (size_t i = 0; i < n; i++) {
        m[i] = k.momentum * m[i] + decayed(&k, w[i], g[i]);
        w[i] -= k.lr * m[i];
    }
}

static void rmsprop(const struct kernel_update *u, size_t n, float *restrict w,
                    const float *restrict g, float *restrict v)
{
    const struct kernel_update k = *u;

    for (size_t i = 0; i < n; i++) {
        float h = decayed(&k, w[i], g[i]);

        v[i] = .99f * v[i] + .01f * (h * h);
        w[i] -= k.lr * h / (sqrtf(v[i]) + 1e-8f);
    }
}

static void adam(const struct kernel_update *u, size_t n, float *restrict w,
                 const float *restrict g, float *restrict m, float *restrict v)
{
    const struct kernel_update k = *u;
    float rate = k.lr / k.correct1, root = 1 / sqrtf(k.correct2);

    for (size_t i = 0; i < n; i++) {
        float h = decayed(&k, w[i], g[i]);

        m[i] = k.momentum * m[i] + (1 - k.momentum) * h;
        v[i] = .999f * v[i] + .001f * (h * h);
        w[i] -= rate * m[i] / (sqrtf(v[i]) * root + 1e-8f);
    }
}

static void update(const struct kernel_update *u, size_t n, float *w, const float *g, float *m,
                   float *v)
{
    switch (u->rule) {
    case RULE_SGD:
        if (u->l1 == 0 && u->decay == 0)
            sgd(u, n, w, g);
        else
            sgd_decayed(u, n, w, g);
        break;
    case RULE_MOMENTUM:
        momentum(u, n, w, g, m);
        break;
    case RULE_RMSPROP:
        rmsprop(u, n, w, g, v);
        break;
    case RULE_ADAM:
        adam(u, n, w, g, m, v);
        break;
    }
}
