/* angle.h - sine and cosine of a product, as if it had not been rounded. */
#ifndef ACTLAB_MATH_ANGLE_H
#define ACTLAB_MATH_ANGLE_H

struct angle {
    double sin, cos;
};

/* Of a*b, both within 2 ulp however near they are to 0; NAN where the product is not finite, or
 * beyond 2^1088. */
struct angle angle_of_product(double a, double b);

#endif
