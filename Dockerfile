# Two images from what ./qiki build has made: `nats`, and `qiki`, the default. Nothing here needs
# BuildKit, so that older engines build it too.
ARG BASE=debian:12-slim

FROM ${BASE} AS nats
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nats-server wget \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10002 jetstream \
    && useradd --uid 10002 --gid 10002 --no-create-home --shell /usr/sbin/nologin jetstream \
    && install -d -o 10002 -g 10002 -m 0700 /data
COPY conf/nats-server.conf /etc/nats-server.conf
USER 10002:10002
VOLUME /data
EXPOSE 4222
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 \
    CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8222/healthz"]
ENTRYPOINT ["nats-server", "--config", "/etc/nats-server.conf"]

FROM ${BASE} AS qiki
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        openjdk-17-jre-headless wget \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 qiki \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin qiki
WORKDIR /opt/qiki
COPY target/lib lib
COPY conf conf
COPY webroot webroot
COPY target/qiki-dtmp.jar ./
# Readable by that user whatever the checkout's modes are; written by nobody.
RUN find . \( -type d ! -perm -555 -o -type f ! -perm -444 \) -exec chmod a+rX {} +
USER 10001:10001
EXPOSE 8080 50051
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
    CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health/live"]
# Java is process 1 and gets the signals itself; it has no children to be reaped.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-Xshare:auto", \
    "-Dqiki.terminal=false", "-Dqiki.home=/opt/qiki", "-Dvertx.cwd=/opt/qiki", \
    "-jar", "/opt/qiki/qiki-dtmp.jar"]
CMD ["run", "--host", "0.0.0.0"]
