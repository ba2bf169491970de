# Sourced by the scripts beside it: compiles the benches against the packaged program, with Kafka and PostgreSQL in it.
# Sets java, work (a folder that is gone in the end) and classpath. Set before: app, another build; sources, where not
# all are needed.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'code=$?; [ $code = 0 ] || tail -n 20 "$work"/*.log || true; rm -rf "$work"; exit $code' EXIT
mkdir "$work/classes"

app=${app:-$PWD/target/quarkus-app}
classpath="$work/classes:$(echo "$app"/app/*.jar):$app/lib/boot/*:$app/lib/main/*"
"${java}c" -proc:none -d "$work/classes" -cp "$classpath" -sourcepath bench ${sources:-bench/*.java}
