# Solar Relay as a pod runs it: the production build, trained to start quickly.
#   mvn -Dproduction -DskipTests package && docker build -t solar-relay:0.1.0 .
FROM docker.io/library/eclipse-temurin:25.0.3_9-jre-noble

WORKDIR /opt/solar-relay
COPY target/production/ ./
COPY routes/ routes/
COPY src/main/jib/opt/solar-relay/java.args src/main/docker/train ./
RUN ./train .

# a number, so that Kubernetes can tell that it is not root
USER 1001:1001
# for as long as senders may not know that the pod leaves, it answers them
ENV RELAY_SHUTDOWN_DELAY=PT5S
EXPOSE 8080 9000
ENTRYPOINT ["java", "@/opt/solar-relay/start.args"]
