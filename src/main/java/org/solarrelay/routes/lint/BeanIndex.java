package org.solarrelay.routes.lint;

import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The beans that routes can call by name: classes and producer methods of this program with
 * {@code @Named}. Read from the program's own classes, so that no container needs to run.
 */
public final class BeanIndex {

  private static final byte[] MARK = "Ljakarta/inject/Named;".getBytes(StandardCharsets.UTF_8);
  private static final String STANDALONE = "org.solarrelay.standalone.";

  /**
   * A bean with a name.
   *
   * @param type the class of the bean, or the class that has the producer
   * @param producer the method that makes the bean; empty where the class itself is the bean
   */
  public record NamedBean(Class<?> type, Optional<Method> producer) {

    /** The class of which routes call methods. */
    public Class<?> beanType() {
      return producer.<Class<?>>map(Method::getReturnType).orElse(type);
    }
  }

  /** The classes of a program never change. */
  private static final class Holder {
    static final Map<String, NamedBean> ALL = Collections.unmodifiableMap(read());
    static final Map<String, Class<?>> TYPES =
        ALL.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> entry.getValue().beanType()));
  }

  private BeanIndex() {}

  /** The beans by name. */
  public static Map<String, NamedBean> all() {
    return Holder.ALL;
  }

  /** The classes of which routes call methods, by the bean's name. */
  static Map<String, Class<?>> types() {
    return Holder.TYPES;
  }

  private static Map<String, NamedBean> read() {
    try {
      URI location = BeanIndex.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path code = Path.of(location);
      if (Files.isDirectory(code)) {
        return read(code);
      }
      try (FileSystem jar = FileSystems.newFileSystem(code)) {
        return read(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, NamedBean> read(Path root) throws IOException {
    Map<String, NamedBean> beans = new TreeMap<>();
    for (Path file : classFiles(root.resolve("org").resolve("solarrelay"))) {
      String path = root.relativize(file).toString().replace('\\', '/');
      String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
      if (isOurs(name) && contains(Files.readAllBytes(file), MARK)) {
        add(load(name), beans);
      }
    }
    return beans;
  }

  private static List<Path> classFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  /**
   * Whether the class is the relay's own: Quarkus adds generated classes, and standalone mode has
   * no beans for routes.
   */
  private static boolean isOurs(String className) {
    return !className.startsWith(STANDALONE) && !className.matches(".*(_[A-Z]\\w*|-info)$");
  }

  private static Class<?> load(String className) {
    try {
      return Class.forName(className, false, BeanIndex.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(Class<?> type, Map<String, NamedBean> beans) {
    Named named = type.getAnnotation(Named.class);
    if (named != null) {
      beans.put(
          named.value().isEmpty() ? decapitalized(type) : named.value(),
          new NamedBean(type, Optional.empty()));
    }
    for (Method method : type.getDeclaredMethods()) {
      Named produced = method.getAnnotation(Named.class);
      if (produced != null) {
        beans.put(
            produced.value().isEmpty() ? method.getName() : produced.value(),
            new NamedBean(type, Optional.of(method)));
      }
    }
  }

  private static String decapitalized(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    outer:
    for (int i = 0; i <= bytes.length - part.length; i++) {
      for (int j = 0; j < part.length; j++) {
        if (bytes[i + j] != part[j]) {
          continue outer;
        }
      }
      return true;
    }
    return false;
  }
}
