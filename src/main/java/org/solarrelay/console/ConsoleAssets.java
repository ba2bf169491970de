package org.solarrelay.console;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The scripts and styles of the console. Their folder's name holds a digest of all of them, so that
 * browsers may keep them for ever.
 */
@Singleton
class ConsoleAssets {

  private static final String FOLDER = "/console/assets/";
  private static final int DIGEST_BYTES = 8;

  /** The resource of each file. */
  private static final Map<String, String> RESOURCES =
      Map.of(
          "console.css", "console/console.css",
          "console.js", "console/console.js",
          "icon.svg", "console/icon.svg",
          "htmx.min.js", "META-INF/resources/webjars/htmx.org/2.0.4/dist/htmx.min.js");

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "css", "text/css;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml");

  /** A file as browsers get it. */
  record Asset(byte[] bytes, String mediaType) {}

  private record Loaded(String digest, Map<String, Asset> files) {}

  private volatile Loaded loaded;

  /** Returns the path of the folder, which ends with a slash. */
  String folder() {
    return FOLDER + load().digest() + "/";
  }

  /** Whether a folder's name is that of these files. */
  boolean isCurrent(String digest) {
    return load().digest().equals(digest);
  }

  Optional<Asset> find(String name) {
    return Optional.ofNullable(load().files().get(name));
  }

  private Loaded load() {
    Loaded now = loaded;
    if (now == null) {
      now = read();
      loaded = now;
    }
    return now;
  }

  private static Loaded read() {
    MessageDigest digest = sha256();
    Map<String, Asset> files = new LinkedHashMap<>();
    RESOURCES.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              byte[] bytes = bytes(RESOURCES.get(name));
              digest.update(bytes);
              String extension = name.substring(name.lastIndexOf('.') + 1);
              files.put(name, new Asset(bytes, MEDIA_TYPES.get(extension)));
            });
    return new Loaded(
        HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES), Map.copyOf(files));
  }

  private static byte[] bytes(String resource) {
    try (InputStream stream = ConsoleAssets.class.getClassLoader().getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("The program has no resource " + resource);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has no SHA-256", e);
    }
  }
}
