# The simulated vendors, which the build for production leaves out: for trying things, not for production.
#   mvn -DskipTests package
#   docker build -t solar-relay-standalone:0.1.0-SNAPSHOT -f k8s/overlays/local/vendors.Dockerfile target/quarkus-app
FROM docker.io/library/eclipse-temurin:25.0.3_9-jre-noble
WORKDIR /opt/solar-relay
COPY . ./
USER 1001:1001
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+UseSerialGC", "-jar", "/opt/solar-relay/quarkus-run.jar"]
