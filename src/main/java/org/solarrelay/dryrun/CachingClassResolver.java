package org.solarrelay.dryrun;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.impl.engine.DefaultClassResolver;

/**
 * Reads Camel's service files once for all contexts of the process. A context looks for hundreds of
 * them in every jar of the class path, and most do not exist; without this class, the search is two
 * thirds of a context's start.
 */
public final class CachingClassResolver extends DefaultClassResolver {

  private static final String SERVICES = "META-INF/services/org/apache/camel/";
  private static final Map<String, Optional<byte[]>> FILES = new ConcurrentHashMap<>();

  @Override
  public InputStream loadResourceAsStream(String path) {
    return path.startsWith(SERVICES)
        ? FILES.computeIfAbsent(path, this::read).map(ByteArrayInputStream::new).orElse(null)
        : super.loadResourceAsStream(path);
  }

  private Optional<byte[]> read(String path) {
    try (InputStream file = super.loadResourceAsStream(path)) {
      return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
