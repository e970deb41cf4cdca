#!/bin/sh
# The built program is hardened in all the ways that configure found the compiler and the linker to know.
command -v readelf >/dev/null || { echo "no readelf here"; exit 77; }
readelf -h "${ACTLAB:?}" >/dev/null 2>&1 || { echo "$ACTLAB is no ELF file"; exit 77; }
grep -q '^#define ACTLAB_HARDEN' config.h || { echo "a build with sanitizers is not hardened: they are incompatible with _FORTIFY_SOURCE"; exit 77; }
compiled=$(sed -n 's/^SAFETY_CFLAGS = //p' Makefile)
linked=$(sed -n 's/^SAFETY_LDFLAGS = //p' Makefile)
wanted=$(sed -n 's/^CFLAGS = //p' Makefile)
failed=0 held=

# has NAME 'OPTION OF readelf' PATTERN: what readelf prints has it
has()
{
    if readelf -W $2 "$ACTLAB" | grep -Eq -e "$3"; then
        held="$held${held:+, }$1"
    else
        echo "wrong: missing: $1"
        failed=1
    fi
}

case $linked in *-pie*) has "position-independent" -h 'Type: +DYN' ;; esac
case $linked in *-z,relro*) has "read-only relocations" -l GNU_RELRO ;; esac
case $linked in *-z,now*) has "bound at the start" -d 'BIND_NOW|FLAGS.* NOW' ;; esac
case $compiled in *-fstack-protector*) has "stack protector" -s '__stack_chk_(fail|guard)' ;; esac
has "no executable stack" -l 'GNU_STACK .* RW '
# _FORTIFY_SOURCE is glibc's, and for code that is optimised.
if readelf -W --dyn-syms "$ACTLAB" | grep -q GLIBC_ && case " $wanted " in *" -O0 "*) false ;; esac; then
    has "buffer functions checked by libc" --dyn-syms '__(memcpy|snprintf|vsnprintf|strcpy)_chk'
fi

[ $failed -eq 0 ] && echo "tried: distribution | hardening of the built program | $held"
exit $failed
