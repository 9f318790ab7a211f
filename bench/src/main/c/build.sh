#!/bin/sh
# Builds libpeers.so, the other libraries that a benchmark compares with: build.sh OUTDIR
# Needs a C compiler and the headers of GMP and OpenSSL. CC names the compiler (gcc).
set -eu

out=$1
cc=${CC:-gcc}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)

missing=
command -v "$cc" > /dev/null || missing="$missing gcc libc6-dev"
if [ -z "$missing" ]; then
  for need in "gmp.h libgmp-dev" "openssl/bn.h libssl-dev"; do
    echo "#include <${need%% *}>" | "$cc" -E -x c - > /dev/null 2>&1 || missing="$missing ${need##* }"
  done
fi
if [ -n "$missing" ]; then
  echo "the libraries to compare with cannot be built; install on Debian or Ubuntu:" >&2
  echo "  apt-get install$missing" >&2
  exit 1
fi

library=$out/libpeers.so
if [ -f "$library" ] && [ -z "$(find "$here" -newer "$library")" ]; then
  exit 0
fi
mkdir -p "$out"
"$cc" -O2 -std=gnu11 -fPIC -shared -fvisibility=hidden -Wall -Wextra -Werror \
  -o "$library.new" "$here"/*.c -lgmp -lcrypto
mv "$library.new" "$library"
