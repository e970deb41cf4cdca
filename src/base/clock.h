/* clock.h - the time, for pacing only: nothing that is computed may depend on it. */
#ifndef ACTLAB_BASE_CLOCK_H
#define ACTLAB_BASE_CLOCK_H

double clock_now(void);  /* seconds, monotonic */
double clock_used(void); /* seconds of processor time that this process has used */

#endif
