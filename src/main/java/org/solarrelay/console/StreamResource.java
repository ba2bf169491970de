package org.solarrelay.console;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.ResponseHeader;

/**
 * Notifies open pages which kinds of data have changed. The notification holds no data: each page
 * loads its parts again with its own filter and role.
 */
@Path("/console/stream")
public class StreamResource {

  private static final Duration PING = Duration.ofSeconds(15);

  private final ChangeFeed feed;

  StreamResource(ChangeFeed feed) {
    this.feed = feed;
  }

  /**
   * Server-sent events: {@code change} with the kinds, separated by spaces, and {@code ping} every
   * 15 seconds. After the first {@code ping}, no change is missed.
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  // a proxy must not keep events back
  @ResponseHeader(name = "X-Accel-Buffering", value = "no")
  public Multi<OutboundSseEvent> stream(@Context Sse sse) {
    Multi<OutboundSseEvent> pings =
        Multi.createFrom()
            .ticks()
            .every(PING)
            .onOverflow()
            .drop()
            .map(tick -> sse.newEvent("ping", Long.toString(tick)));
    Multi<OutboundSseEvent> changes =
        feed.changes().map(kinds -> sse.newEvent("change", text(kinds)));
    return feed.ready()
        .onItem()
        .transformToMulti(ready -> Multi.createBy().merging().streams(pings, changes));
  }

  private static String text(Set<ChangeKind> kinds) {
    return kinds.stream().map(ChangeKind::text).collect(Collectors.joining(" "));
  }
}
