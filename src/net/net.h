/* net/ - a small network, trained and measured. It knows math/ and base/.
 *
 *   config.h   all settings, one table       trainer.h  network, data, optimiser: step by step
 *   data.h     points to learn               network.h  parameters, forward, backward
 *   init.h     first weights                 probe.h    per-layer statistics
 *   theory.h   mean-field predictions        export.h   as JSON and back, as PyTorch */
#ifndef ACTLAB_NET_NET_H
#define ACTLAB_NET_NET_H

#include "net/config.h"
#include "net/data.h"
#include "net/probe.h"
#include "net/theory.h"
#include "net/trainer.h"

#endif
