/* theory.h - mean-field theory of signal propagation: the map of lengths q as in Poole et al.
 * 2016, "Exponential expressivity in deep neural networks through transient chaos", arXiv
 * 1606.05340; chi and the way of the gradient back as in Schoenholz et al. 2017, "Deep Information
 * Propagation", arXiv 1611.01232. */
#ifndef ACTLAB_NET_THEORY_H
#define ACTLAB_NET_THEORY_H

#include "math/activation.h"
#include "net/config.h"

/* E[g(sqrt(q) z)] for z ~ N(0,1), g = f^2 (derivative false) or f'^2. */
double theory_moment(const struct fn *, double q, bool derivative);
/* chi = sigma_w^2 E[f'(sqrt(q) z)^2]. */
double theory_chi(const struct fn *, double q, double sigma_w);
/* One step of the length map: sigma_w^2 E[f(sqrt(q) z)^2] + sigma_b^2. */
double theory_map(const struct fn *, double q, double sigma_w, double sigma_b);
/* The fixed point of the map from q0, or NAN when it does not settle (or runs to infinity), which
 * is sooner given up for a function of many operations. */
double theory_fixed_point(const struct fn *, double q0, double sigma_w, double sigma_b);
/* The standard deviation sqrt(fan_in)*std(W) that an initialisation gives (hidden layers); 0 for
 * zeros. */
double theory_sigma_w(const struct net_config *);
/* Integrals of a function of more operations than this would take seconds: nothing is predicted. */
enum { THEORY_DEAREST = 500 };
/* Predicts per layer RMS of delta relative to layer L (delta[L] = 1) for the inputs x (n of them,
 * two floats each): the recursion per sample, delta^2 averaged over the samples. chi[l] is the mean
 * over samples. false where there is no prediction (layernorm, residual, zeros, too dear a function
 * ...). delta and chi have layers+1 entries, [0] unused; all are NAN where nothing can be
 * predicted; delta alone is not finite, and the result false too, where lengths run to infinity or
 * no gradient is left at L. */
bool theory_predict(const struct net_config *, const struct fn *, const float *x, int n,
                    double *delta, double *chi);

#endif
