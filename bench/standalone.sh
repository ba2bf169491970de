# Sourced by the scripts beside it: ends them where target/ holds no standalone build.
if [ ! -f target/quarkus-app/quarkus-run.jar ]; then
  echo "The program is not built yet: run  mvn package -DskipTests  first" >&2
  exit 2
fi
if ! grep -qs org/solarrelay/standalone/Standalone.class target/quarkus-app/app/*.jar; then
  echo "target/ holds a production build, which has neither Kafka nor PostgreSQL to measure with: run" >&2
  echo "  mvn package -DskipTests" >&2
  echo "without -Dproduction first" >&2
  exit 2
fi
