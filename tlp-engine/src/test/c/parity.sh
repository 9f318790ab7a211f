#!/bin/sh
# Builds and runs the C parity tests against GMP: parity.sh [INPUTS [SEED]]
#
# Once as shipped and once with AddressSanitizer and UndefinedBehaviorSanitizer, whose first finding
# ends the run. Assembly is not instrumented: there, buffers end at unreadable pages.
# Needs a C compiler and libgmp's header (on Debian: apt install gcc libgmp-dev).
set -eu
cd "$(dirname "$0")/../../main/c"
tests=../../test/c
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for sanitizers in "" "-fsanitize=address,undefined -fno-sanitize-recover=all -g"; do
  # shellcheck disable=SC2046,SC2086 # Flags are lists of words.
  ${CC:-gcc} -O2 -std=gnu11 -Wall -Wextra -Werror -I. $(cat scalar/flags) $sanitizers \
    "$tests/mulx_parity.c" scalar/*.c scalar/*.S tlk_cpu_features.c -lgmp -o "$work/mulx_parity"
  "$work/mulx_parity" "$@"
done

# The IFMA kernel also in its checked build. Instrumenting its unrolled code takes a compiler minutes.
for variant in "" -DTLK_CHECKED "-DTLK_CHECKED $sanitizers -g1 -fno-var-tracking"; do
  # shellcheck disable=SC2046,SC2086
  ${CC:-gcc} -O2 -std=gnu11 -Wall -Wextra -Werror -I. $(cat ifma/flags) $variant \
    "$tests/ifma_parity.c" ifma/*.c tlk_cpu_features.c -lgmp -o "$work/ifma_parity"
  "$work/ifma_parity" "$@"
done
