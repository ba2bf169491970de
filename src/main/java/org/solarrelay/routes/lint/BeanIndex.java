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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The beans that routes can call by name: what this program's classes name with {@code @Named}. */
final class BeanIndex {

  private static final byte[] MARK = "Ljakarta/inject/Named;".getBytes(StandardCharsets.UTF_8);

  private final Map<String, Class<?>> beans = new TreeMap<>();

  BeanIndex() {
    Path code;
    try {
      URI location = BeanIndex.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      code = Path.of(location);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    try {
      if (Files.isDirectory(code)) {
        scan(code);
        return;
      }
      try (FileSystem jar = FileSystems.newFileSystem(code)) {
        scan(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names, with the types as far as classes tell them. */
  Map<String, Class<?>> beans() {
    return beans;
  }

  private void scan(Path root) throws IOException {
    String[] names = BeanIndex.class.getPackageName().split("\\.");
    Path ours = root.resolve(names[0]).resolve(names[1]);
    List<Path> classes;
    try (Stream<Path> files = Files.walk(ours)) {
      classes = files.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : classes) {
      if (contains(Files.readAllBytes(file), MARK)) {
        String path = root.relativize(file).toString().replace('\\', '/');
        add(path.substring(0, path.length() - ".class".length()).replace('/', '.'));
      }
    }
  }

  private void add(String className) {
    Class<?> type;
    try {
      type = Class.forName(className, false, BeanIndex.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    Named named = type.getAnnotation(Named.class);
    if (named != null) {
      beans.put(named.value().isEmpty() ? ownName(type) : named.value(), type);
    }
    for (Method method : type.getDeclaredMethods()) {
      Named produced = method.getAnnotation(Named.class);
      if (produced != null) {
        beans.put(
            produced.value().isEmpty() ? method.getName() : produced.value(),
            method.getReturnType());
      }
    }
  }

  private static String ownName(Class<?> type) {
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
