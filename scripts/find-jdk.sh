# Sourced by ./build and ./howdah: finds a Java of at least 25 without starting one.
#
# howdah_find_jdk jdk   a JDK (has javac)
# howdah_find_jdk jre   a Java runtime
# Sets HOWDAH_JDK, or says in one line what is missing and returns 1.
# Starting `java -version` costs 40 ms a candidate; the `release` file tells the same for nothing.

howdah_java_major() { # home -> HOWDAH_MAJOR, or 1
  local line version
  HOWDAH_MAJOR=0
  [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        version=${line#JAVA_VERSION=}
        version=${version//\"/}
        version=${version%%[!0-9]*}
        HOWDAH_MAJOR=${version:-0}
        return 0
        ;;
    esac
  done <"$1/release"
  return 1
}

howdah_find_jdk() {
  local wanted=$1 program=java candidate found=""
  [ "$wanted" = jdk ] && program=javac
  HOWDAH_JDK=""
  for candidate in \
    "${HOWDAH_JAVA_HOME:-}" "${JAVA_HOME:-}" \
    /usr/lib/jvm/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /opt/java/* /opt/jdk*; do
    [ -n "$candidate" ] && [ -x "$candidate/bin/$program" ] || continue
    howdah_java_major "$candidate" || continue
    if [ "$HOWDAH_MAJOR" -ge 25 ]; then
      HOWDAH_JDK=$candidate
      return 0
    fi
    found="$found $HOWDAH_MAJOR"
  done
  # Last, what is on the PATH: following its links costs a process, so only when nothing else served.
  candidate=$(command -v "$program" 2>/dev/null) || candidate=""
  if [ -n "$candidate" ]; then
    candidate=$(readlink -f "$candidate" 2>/dev/null || echo "$candidate")
    candidate=${candidate%/bin/"$program"}
    if howdah_java_major "$candidate" && [ "$HOWDAH_MAJOR" -ge 25 ]; then
      HOWDAH_JDK=$candidate
      return 0
    fi
  fi
  echo "howdah: Java 25 or newer is needed (found:${found:- none}). Install a JDK 25, for example Temurin, or set HOWDAH_JAVA_HOME to one." >&2
  return 1
}
