/* base/ - what every other room stands on; it knows libc and nothing of actlab.
 *
 *   error.h    one-line errors for people              xalloc.h   memory or a decent end
 *   text.h     a string that grows                     utf8.h     decoding, width, cleaning
 *   rng.h      seeded random numbers                   clock.h    monotonic time
 *   file.h     whole reads, atomic saves, XDG paths    setting.h  tables of settings
 *   rich.h     structured text before layout           json.h     JSON read and written
 *   number.h   doubles as text, in order               digest.h   of bytes
 *   nearest.h  what an unknown word was meant to be     ascii.h    characters by their codes
 *   base64.h   bytes as text */
#ifndef ACTLAB_BASE_BASE_H
#define ACTLAB_BASE_BASE_H

#include "base/ascii.h"
#include "base/base64.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/rich.h"
#include "base/rng.h"
#include "base/setting.h"
#include "base/text.h"
#include "base/utf8.h"
#include "base/xalloc.h"

#endif
