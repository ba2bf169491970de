package org.solarrelay;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** WireMock transformer: responds after 50 ms, and counts the concurrent calls of each path. */
public final class BusyVendors implements ResponseTransformerV2 {

  public static final String NAME = "busy";

  private final Map<String, Path> paths = new ConcurrentHashMap<>();

  private static final class Path {
    private final AtomicInteger current = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean applyGlobally() {
    return false;
  }

  @Override
  public Response transform(Response response, ServeEvent event) {
    Path path = path(event.getRequest().getUrl().replaceFirst("\\?.*", ""));
    path.most.accumulateAndGet(path.current.incrementAndGet(), Math::max);
    path.bodies.add(event.getRequest().getBodyAsString());
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    path.current.decrementAndGet();
    return response;
  }

  /** Resets the counts. */
  public void reset() {
    paths.clear();
  }

  /** The maximum number of concurrent calls of the path. */
  public int mostAtOnce(String path) {
    return path(path).most.get();
  }

  /** The bodies sent to the path that contain the text, in order. */
  public List<String> bodies(String path, String text) {
    return path(path).bodies.stream().filter(body -> body.contains(text)).toList();
  }

  private Path path(String path) {
    return paths.computeIfAbsent(path, unused -> new Path());
  }
}
