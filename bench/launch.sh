# Shared by the commands in this folder, which read it in: finds a JDK 25, builds what is missing or
# older than its sources, and runs a benchmark pinned to one CPU.
#
#   TIDELOCK_JAVA_HOME  the JDK to use, instead of the first one found
#   TIDELOCK_BENCH_CPU  the number of the CPU to run on, instead of the last one
# shellcheck shell=sh

target=$bench/target

die() {
  printf 'bench: %s\n' "$1" >&2
  exit 1
}

# shellcheck source=tools/find-jdk.sh
. "$bench/../tools/find-jdk.sh"

build() {
  jar=$target/tidelock-bench.jar
  if [ -f "$jar" ] && [ -d "$target/lib" ] &&
    [ -z "$(find "$bench/../pom.xml" "$bench"/../*/pom.xml "$bench"/../*/src/main \
      "$bench/src/jmh" -newer "$target/built" -print -quit 2>&1)" ]; then
    return
  fi
  command -v mvn > /dev/null || die "Maven (mvn) is needed to build the benchmarks; install it"
  echo "bench: building" >&2
  mkdir -p "$target"
  touch "$target/built.begun"
  JAVA_HOME=$java_home mvn -q -B -f "$bench/../pom.xml" -pl bench -am \
    -Dmaven.test.skip=true package < /dev/null >&2 || die "the build failed"
  mv "$target/built.begun" "$target/built"
}

# The other libraries that we compare with, for the commands that need them.
build_peers() {
  "$bench/src/main/c/build.sh" "$target/native" || exit 1
}

revision() {
  git -C "$bench" describe --always --dirty 2> /dev/null || echo unknown
}

# bench_java CLASS ARGUMENT...: becomes the Java process.
bench_java() {
  cpu=${TIDELOCK_BENCH_CPU:-$(($(nproc) - 1))}
  command -v taskset > /dev/null || die "taskset is needed to stay on one CPU; install util-linux"
  compiler=$("${CC:-gcc}" --version 2> /dev/null | head -n 1)
  exec taskset -c "$cpu" "$java_home/bin/java" \
    --enable-native-access=ALL-UNNAMED --add-modules=jdk.incubator.vector \
    --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xlog:disable -Xlog:all=error:stderr \
    -Dtidelock.bench.results="$bench/results" \
    -Dtidelock.bench.work="$target/work" \
    -Dtidelock.bench.peers="$target/native/libpeers.so" \
    -Dtidelock.bench.revision="$(revision)" \
    -Dtidelock.bench.compiler="$compiler" \
    -cp "$target/tidelock-bench.jar:$target/lib/*" "$@"
}

find_jdk
build
