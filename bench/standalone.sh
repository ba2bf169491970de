# Sourced by the scripts beside it: ends them where target/, or the build that app names, is no standalone build.
app=${app:-$PWD/target/quarkus-app}
if [ ! -f "$app/quarkus-run.jar" ]; then
  echo "The program is not built yet: run  mvn package -DskipTests  first" >&2
  exit 2
fi
if ! grep -qs org/solarrelay/standalone/Standalone.class "$app"/app/*.jar; then
  echo "$app holds a production build, which has neither Kafka nor PostgreSQL to measure with: run" >&2
  echo "  mvn package -DskipTests" >&2
  echo "without -Dproduction first" >&2
  exit 2
fi
