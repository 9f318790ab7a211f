# Read in by the launcher ./tidelock and by the commands in bench: finds a JDK of the release that
# everything here is built with and runs on.
#
#   TIDELOCK_JAVA_HOME  the JDK to use, instead of the first one found
#
# Needs a function die, which says its argument and ends the script.
# shellcheck shell=sh

java_release=25

# Sets java_version if $1 is a JDK of the release we need.
is_wanted_jdk() {
  java_version=
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  wanted=false
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=\"$java_release\" | JAVA_VERSION=\"$java_release.*) wanted=true ;;
      JAVA_RUNTIME_VERSION=*) java_version=${line#*=} ;;
    esac
  done < "$1/release"
  $wanted
}

# Sets java_home, and java_version as its file 'release' gives it.
find_jdk() {
  if [ -n "${TIDELOCK_JAVA_HOME:-}" ]; then
    is_wanted_jdk "$TIDELOCK_JAVA_HOME" ||
      die "TIDELOCK_JAVA_HOME=$TIDELOCK_JAVA_HOME is not a JDK $java_release: its file 'release' must say so, and bin/javac be there"
    java_home=$TIDELOCK_JAVA_HOME
    return
  fi
  for java_home in \
    ${JAVA_HOME:+"$JAVA_HOME"} \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk* \
    ${HOME:+"$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*} \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
    is_wanted_jdk "$java_home" && return
  done
  if java_home=$(command -v javac); then
    java_home=$(readlink -f -- "$java_home")
    java_home=${java_home%/bin/javac}
    is_wanted_jdk "$java_home" && return
  fi
  die "no JDK $java_release found; install one (such as the package temurin-$java_release-jdk or openjdk-$java_release-jdk) or set TIDELOCK_JAVA_HOME to its folder"
}
