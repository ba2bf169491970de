package org.solarrelay.dryrun;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.solarrelay.config.RelayConfig;

/**
 * The names by which routes call beans of this program, and what makes each: a class, or a method
 * that produces it. Read from the program's own classes, so that no container need run.
 */
final class NamedBeanIndex {

  private static final String STANDALONE = "org.solarrelay.standalone.";

  /** A class with its name on it, or a method of a class. */
  record Source(Class<?> type, Method producer) {}

  private static final class Holder {
    static final Map<String, Source> ALL = find();
  }

  private NamedBeanIndex() {}

  static Map<String, Source> all() {
    return Holder.ALL;
  }

  private static Map<String, Source> find() {
    Map<String, Source> found = new TreeMap<>();
    for (String name : classNames()) {
      Class<?> type = load(name);
      Named named = type.getAnnotation(Named.class);
      if (named != null) {
        found.put(named.value(), new Source(type, null));
      }
      for (Method method : producers(type)) {
        found.put(method.getAnnotation(Named.class).value(), new Source(type, method));
      }
    }
    return found;
  }

  private static List<Method> producers(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Produces.class))
        .filter(method -> method.isAnnotationPresent(Named.class))
        .toList();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, NamedBeanIndex.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> classNames() {
    try {
      URI program = RelayConfig.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path path = Path.of(program);
      if (Files.isDirectory(path)) {
        return classNames(path);
      }
      try (FileSystem jar = FileSystems.newFileSystem(path)) {
        return classNames(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> classNames(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("org/solarrelay"))) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("$"))
          .map(file -> file.replace(".class", "").replace('/', '.').replace('\\', '.'))
          // Quarkus puts classes of its own making beside ours
          .filter(name -> !name.startsWith(STANDALONE) && !name.matches(".*(_[A-Z]\\w*|-info)$"))
          .toList();
    }
  }
}
