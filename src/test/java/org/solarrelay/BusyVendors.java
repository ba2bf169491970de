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

/** Makes stubs that name it answer in 50 ms, and counts how many calls each path has at once. */
public final class BusyVendors implements ResponseTransformerV2 {

  public static final String NAME = "busy";

  private final Map<String, Path> paths = new ConcurrentHashMap<>();

  private static final class Path {
    private final AtomicInteger now = new AtomicInteger();
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
    path.most.accumulateAndGet(path.now.incrementAndGet(), Math::max);
    path.bodies.add(event.getRequest().getBodyAsString());
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    path.now.decrementAndGet();
    return response;
  }

  /** Forgets what has been counted. */
  public void forget() {
    paths.clear();
  }

  /** The largest number of calls that path had at once. */
  public int mostAtOnce(String path) {
    return path(path).most.get();
  }

  /** The bodies sent to that path that hold the text, in the order they came. */
  public List<String> bodies(String path, String text) {
    return path(path).bodies.stream().filter(body -> body.contains(text)).toList();
  }

  private Path path(String path) {
    return paths.computeIfAbsent(path, unused -> new Path());
  }
}
