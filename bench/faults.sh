# Sourced by the scripts beside it: runs a program of the fault suite on the packaged relay.
# usage: run_faults CLASS ARGUMENT...
run_faults() {
  local class=$1
  shift
  if [ $# -lt 1 ]; then
    sed -n 's/^# usage/usage/p' "bench/${0##*/}" >&2
    exit 2
  fi
  . bench/standalone.sh
  if [ ! -d target/test-classes/org/solarrelay/faults ]; then
    echo "The fault suite is not built yet: run  mvn package -DskipTests  first" >&2
    exit 2
  fi

  # the classes of the fault suite, and what they need beyond the program itself
  local libraries=target/faults.classpath
  if [ ! "$libraries" -nt pom.xml ]; then
    mvn -q -B dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$libraries"
  fi
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
    -cp "target/test-classes:target/classes:$(cat "$libraries")" "org.solarrelay.faults.$class" "$@"
}
