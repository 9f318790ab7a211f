#!/bin/sh
# Builds libtidelock for the machine it runs on: build.sh OUTDIR
#
# Writes OUTDIR/linux-x86_64/libtidelock.so and libtidelock.so.sha256 (the digest in hexadecimal).
# Compiles every .c and .S file of this directory with plain flags, and those of each directory
# below it with the flags that its file `flags` adds: a file gets the CPU features it needs and no
# others, because which of them runs is decided at run time.
#
# Without a compiler, or on another platform, it says so in one line and succeeds: the program then
# uses its Java kernels. CC names the compiler; without it, the first of gcc, clang and cc.
set -eu

if [ $# -ne 1 ]; then
  echo "usage: $0 OUTDIR" >&2
  exit 2
fi

skip() {
  echo "native kernels not built: $1; the Java kernels will be used"
  exit 0
}

platform=$(uname -s)-$(uname -m)
case $platform in
  Linux-x86_64) platform=linux-x86_64 ;;
  *) skip "there are none for $platform yet (only Linux on x86_64)" ;;
esac

cc=${CC:-}
for candidate in gcc clang cc; do
  if [ -z "$cc" ] && command -v "$candidate" >/dev/null 2>&1; then
    cc=$candidate
  fi
done
if [ -z "$cc" ]; then
  skip "no C compiler found (install gcc or clang, on Debian: apt install gcc libc6-dev)"
fi

mkdir -p "$1/$platform"
out=$(cd "$1/$platform" && pwd)
library=$out/libtidelock.so
cd "$(dirname "$0")"

# Directories count too: their time changes when a file is removed.
if [ -f "$library" ] && [ -f "$library.sha256" ] && [ -z "$(find . -newer "$library")" ]; then
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# shellcheck disable=SC2086 # CC may hold a command with options.
if ! echo '#include <stdint.h>' | $cc -shared -fPIC -x c - -o "$work/probe" 2>/dev/null; then
  skip "$cc cannot build a library (on Debian: apt install gcc libc6-dev)"
fi

plain="-O2 -std=c11 -fPIC -fvisibility=hidden -Wall -Wextra -Werror -I. -ffile-prefix-map=$PWD=."
for directory in . */; do
  directory=${directory%/}
  added=
  if [ -f "$directory/flags" ]; then
    added=$(cat "$directory/flags")
  fi
  for source in "$directory"/*.c "$directory"/*.S; do
    [ -f "$source" ] || continue
    object=$work/$(echo "$source" | tr '/.' '__').o
    # shellcheck disable=SC2086 # Flags are lists of words.
    $cc $plain $added -c "$source" -o "$object"
  done
done

# shellcheck disable=SC2086 # CC may hold a command with options.
$cc -shared -Wl,-z,defs -Wl,-z,noexecstack -Wl,-z,relro -Wl,-z,now -Wl,--build-id=none \
  -o "$work/libtidelock.so" "$work"/*.o
(cd "$work" && sha256sum libtidelock.so | cut -d ' ' -f 1 >libtidelock.so.sha256)
chmod 644 "$work/libtidelock.so"
mv "$work/libtidelock.so.sha256" "$library.sha256"
mv "$work/libtidelock.so" "$library"
