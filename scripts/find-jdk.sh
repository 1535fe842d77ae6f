# Sourced by ./build, ./howdah and the distribution's bin/howdah (POSIX sh): finds a Java of at least 25
# without starting one, because `java -version` costs 40 ms a candidate and the `release` file tells the same.
#
# howdah_find_java javac   a JDK
# howdah_find_java java    a runtime
# Sets HOWDAH_JDK, or says in one line what is missing and returns 1.

howdah_java_major() { # home -> howdah_major
  howdah_major=0
  [ -r "$1/release" ] || return 1
  while IFS= read -r howdah_line; do
    case $howdah_line in
      JAVA_VERSION=*)
        howdah_line=${howdah_line#JAVA_VERSION=}
        howdah_line=${howdah_line#\"}
        howdah_major=${howdah_line%%[!0-9]*}
        howdah_major=${howdah_major:-0}
        return 0
        ;;
    esac
  done <"$1/release"
  return 1
}

howdah_find_java() {
  HOWDAH_JDK=
  howdah_found=
  for howdah_home in \
    "${HOWDAH_JAVA_HOME:-}" "${JAVA_HOME:-}" \
    /usr/lib/jvm/* "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /opt/java/* /opt/jdk*; do
    [ -n "$howdah_home" ] && [ -x "$howdah_home/bin/$1" ] || continue
    howdah_java_major "$howdah_home" || continue
    if [ "$howdah_major" -ge 25 ]; then
      HOWDAH_JDK=$howdah_home
      return 0
    fi
    howdah_found="$howdah_found $howdah_major"
  done
  # Last the PATH: following its links costs a process, so only when nothing else served.
  if howdah_home=$(command -v "$1" 2>/dev/null); then
    howdah_home=$(readlink -f "$howdah_home" 2>/dev/null || echo "$howdah_home")
    howdah_home=${howdah_home%/bin/"$1"}
    if howdah_java_major "$howdah_home" && [ "$howdah_major" -ge 25 ]; then
      HOWDAH_JDK=$howdah_home
      return 0
    fi
  fi
  [ "$1" = javac ] && howdah_wanted="A JDK of version 25 or newer" || howdah_wanted="Java 25 or newer"
  echo "howdah: $howdah_wanted is needed (found:${howdah_found:- none}). Install one, for example Eclipse Temurin 25, or set HOWDAH_JAVA_HOME to where it is." >&2
  return 1
}
