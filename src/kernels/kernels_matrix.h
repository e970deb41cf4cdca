/* kernels_matrix.h - products of matrices, in vectors. Included once by each width's file.
 *
 * How a product runs: the result is cut into tiles of R rows by C vectors that fit in the
 * registers. A tile starts from its bias, and for each step k of the depth
 *
 *     row 0   acc[0][0] += a[0][k] * b[k][0..]     acc[0][1] += a[0][k] * b[k][LANES..]
 *     row 1   acc[1][0] += a[1][k] * b[k][0..]     acc[1][1] += a[1][k] * b[k][LANES..]
 *     ...
 *
 * that is: one scalar of a is broadcast, one contiguous row of b is loaded, and R + C loads feed R
 * * C multiply-adds. Nothing is packed, nothing is summed across a vector, and each number of the
 * result is written once. Since a is only ever read as scalars, the product with its transpose (the
 * gradient) is the same tile with a's strides exchanged.
 *
 * All R x C are compiled from one inlined function, of which each instance is a loop over k and
 * nothing else. The last rows are shared out evenly: 16 make two tiles of 8, not 12 and 4.
 *
 * Tiles go down a panel of C vectors of b, then to the panel on its right. Where b is too large to
 * stay near the core from one layer to the next, what a tile will end with (mul and c) is sent for
 * when the one above it begins, together with a share of the next panel of b: it comes meanwhile.
 * In the transpose of a, where each step is a row further, so is the cache line of the tiles to
 * follow, step by step. */

#if LANES == 16 /* 32 registers */
enum { ROWS_1 = 12, ROWS_2 = 12, ROWS_4 = 6 };
#elif LANES == 8 /* 16 registers */
enum { ROWS_1 = 12, ROWS_2 = 6, ROWS_4 = 0 };
#else            /* 16 registers and no fused operation: a product needs one for itself */
enum { ROWS_1 = 10, ROWS_2 = 5, ROWS_4 = 0 };
#endif
enum { ROWS_MOST = 12, LINE = 16 }; /* LINE: floats of a cache line */

/* The task of a tile: c = (init + a b) * mul, or c -= rate * a b if there is a rate. Row r of a,
 * step k: a[r * row + k * step]. */
struct tile {
    int depth;
    long row, step;
    const float *a, *b, *init, *mul;
    float *c, rate;
    long ldb, ldi, ldc;
};

INLINE void tile(const struct tile *from, const int R, const int C, const long row, const long step,
                 const bool turned)
{
    const struct tile t = *from; /* a copy that no store below can touch */
    vf acc[ROWS_MOST][4];
    const float *a = t.a, *b = t.b;

    EACH (r, R)
        EACH (c, C)
            acc[r][c] = t.init ? load(t.init + r * t.ldi + c * LANES) : all(0);
    for (int k = 0; k < t.depth; k++, a += step, b += t.ldb) {
        if (turned)
            __builtin_prefetch(a + 8 * step + LINE);
        EACH (r, R)
            EACH (c, C)
                acc[r][c] += a[r * row] * load(b + c * LANES);
    }
    if (t.mul)
        EACH (r, R)
            EACH (c, C)
                acc[r][c] *= load(t.mul + r * t.ldc + c * LANES);
    if (t.rate != 0)
        EACH (r, R)
            EACH (c, C)
                acc[r][c] = load(t.c + r * t.ldc + c * LANES) - t.rate * acc[r][c];
    EACH (r, R)
        EACH (c, C)
            store(t.c + r * t.ldc + c * LANES, acc[r][c]);
}

/* a as it lies (along: step 1) or transposed (across: row 1). */
#define TILE(R, C)                                                                                 \
    static void along_##R##_##C(const struct tile *t)                                              \
    {                                                                                              \
        tile(t, R, C, t->row, 1, false);                                                           \
    }                                                                                              \
    static void across_##R##_##C(const struct tile *t)                                             \
    {                                                                                              \
        tile(t, R, C, 1, t->step, true);                                                           \
    }

#define TILES_6(C)    TILE(1, C) TILE(2, C) TILE(3, C) TILE(4, C) TILE(5, C) TILE(6, C)
#define TILES_12(C)   TILES_6(C) TILE(7, C) TILE(8, C) TILE(9, C) TILE(10, C) TILE(11, C) TILE(12, C)
#define NAMES_6(d, C) NULL, d##_1_##C, d##_2_##C, d##_3_##C, d##_4_##C, d##_5_##C, d##_6_##C
#define NAMES_12(d, C)                                                                             \
    NAMES_6(d, C), d##_7_##C, d##_8_##C, d##_9_##C, d##_10_##C, d##_11_##C, d##_12_##C

typedef void tile_function(const struct tile *);

TILES_12(1)
#if LANES == 16
TILES_12(2)
TILES_6(4)
#else
TILES_6(2)
#endif

/* [log2 C][R] */
static tile_function *const along[3][ROWS_MOST + 1] = {
    {NAMES_12(along, 1)},
#if LANES == 16
    {NAMES_12(along, 2)},
    {NAMES_6(along, 4)},
#else
    {NAMES_6(along, 2)},
#endif
};
static tile_function *const across[3][ROWS_MOST + 1] = {
    {NAMES_12(across, 1)},
#if LANES == 16
    {NAMES_12(across, 2)},
    {NAMES_6(across, 4)},
#else
    {NAMES_6(across, 2)},
#endif
};

/* Moves t, which has pointers at the upper left of a tile, by rows and columns. */
INLINE void move(struct tile *t, long rows, long cols)
{
    t->a += rows * t->row;
    t->b += cols;
    t->c += rows * t->ldc + cols;
    if (t->init)
        t->init += rows * t->ldi + cols;
    if (t->mul)
        t->mul += rows * t->ldc + cols;
}

/* Floats of b from which on it comes from afar. */
enum { FAR = 16384 };

/* Prefetches the ends of the tile of rows x cols at t and of the one below it, and rows `from` to
 * `to` of the panel after its own, into the second cache; the first soon loses it, but for the c
 * that is next. An address beyond the last tile is only a hint in vain. */
static void send_for(const struct tile *t, int rows, int cols, int from, int to)
{
    for (int r = 0; r < 2 * rows; r++)
        for (int c = 0; c < cols; c += LINE) {
            if (r < rows)
                __builtin_prefetch(t->c + r * t->ldc + c, 1);
            else
                __builtin_prefetch(t->c + r * t->ldc + c, 0, 2);
            if (t->mul)
                __builtin_prefetch(t->mul + r * t->ldc + c, 0, 2);
        }
    for (int k = from; k < to; k++)
        for (int c = 0; c < cols; c += LINE)
            __builtin_prefetch(t->b + k * t->ldb + cols + c, 0, 2);
}

/* Runs t over rows x cols of the result. */
INLINE void run(struct tile t, tile_function *const functions[3][ROWS_MOST + 1], int rows, int cols)
{
    static const int most[3] = {ROWS_1, ROWS_2, ROWS_4};
    const bool far = t.depth * t.ldb >= FAR;

    for (int wide; cols > 0; cols -= LANES << wide) {
        wide = ROWS_4 > 0 && cols >= 4 * LANES ? 2 : cols >= 2 * LANES ? 1 : 0;
        for (int left = rows, r; left > 0; left -= r) {
            r = left >= 2 * most[wide] ? most[wide] : left > most[wide] ? (left + 1) / 2 : left;
            if (far)
                send_for(&t, r, LANES << wide, (int)((long)t.depth * (rows - left) / rows),
                         (int)((long)t.depth * (rows - left + r) / rows));
            functions[wide][r](&t);
            move(&t, r, 0);
        }
        move(&t, -rows, LANES << wide);
    }
}

static void product(int rows, int depth, int cols, const float *a, int lda, const float *b, int ldb,
                    const float *bias, const float *mul, float *c, int ldc)
{
    run((struct tile){.depth = depth,
                      .row = lda,
                      .step = 1,
                      .a = a,
                      .b = b,
                      .ldb = ldb,
                      .init = bias,
                      .mul = mul,
                      .c = c,
                      .ldc = ldc},
        along, rows, cols);
}

static void gradient(int rows, int ins, int cols, const float *a, int lda, const float *d, int ldd,
                     bool add, float *g, int ldg)
{
    run((struct tile){.depth = rows,
                      .row = 1,
                      .step = lda,
                      .a = a,
                      .b = d,
                      .ldb = ldd,
                      .init = add ? g : NULL,
                      .ldi = ldg,
                      .c = g,
                      .ldc = ldg},
        across, ins, cols);
}

static void descend(int rows, int ins, int cols, const float *a, int lda, const float *d, int ldd,
                    float rate, float *w, int ldw)
{
    run((struct tile){.depth = rows,
                      .row = 1,
                      .step = lda,
                      .a = a,
                      .b = d,
                      .ldb = ldd,
                      .c = w,
                      .rate = rate,
                      .ldc = ldw},
        across, ins, cols);
}

static void dots(int rows, int cols, const float *a, int lda, const float *w, float bias, float *z)
{
    for (int s = 0; s < rows; s++, a += lda) {
        vf sum = load(a) * load(w);

        for (int j = LANES; j < cols; j += LANES)
            sum += load(a + j) * load(w + j);
        z[s] = sum_of(sum) + bias;
    }
}

/* Sums of columns, four at a time so that no addition waits for the one before. */
static void columns(int rows, int cols, const float *d, int ldd, bool add, float *sum)
{
    for (int j = 0; j < cols; j += LANES) {
        vf part[4] = {add ? load(sum + j) : all(0)};
        const float *row = d + j;
        int s = 0;

        for (; s + 4 <= rows; s += 4, row += 4 * (long)ldd)
            EACH (k, 4)
                part[k] += load(row + k * (long)ldd);
        for (; s < rows; s++, row += ldd)
            part[0] += load(row);
        store(sum + j, (part[0] + part[1]) + (part[2] + part[3]));
    }
}

/* The four by four at a to b. */
INLINE void transpose_4(const float *a, long lda, float *b, long ldb)
{
#ifdef __SSE2__
    __m128 r0 = _mm_loadu_ps(a), r1 = _mm_loadu_ps(a + lda);
    __m128 r2 = _mm_loadu_ps(a + 2 * lda), r3 = _mm_loadu_ps(a + 3 * lda);

    _MM_TRANSPOSE4_PS(r0, r1, r2, r3);
    _mm_storeu_ps(b, r0);
    _mm_storeu_ps(b + ldb, r1);
    _mm_storeu_ps(b + 2 * ldb, r2);
    _mm_storeu_ps(b + 3 * ldb, r3);
#else
    for (int y = 0; y < 4; y++)
        for (int x = 0; x < 4; x++)
            b[y * ldb + x] = a[x * lda + y];
#endif
}

/* Down the columns of a, so that what is written comes in whole cache lines. */
static void transpose(int rows, int cols, const float *a, int lda, float *b, int ldb)
{
    int whole = rows / 4 * 4, j = 0;

    for (; j + 4 <= cols; j += 4) {
        for (int i = 0; i < whole; i += 4)
            transpose_4(a + i * (long)lda + j, lda, b + j * (long)ldb + i, ldb);
        for (int i = whole; i < rows; i++)
            for (int y = j; y < j + 4; y++)
                b[y * (long)ldb + i] = a[i * (long)lda + y];
    }
    for (; j < cols; j++)
        for (int i = 0; i < rows; i++)
            b[j * (long)ldb + i] = a[i * (long)lda + j];
}
