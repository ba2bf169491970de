package org.solarrelay.dryrun;

import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.spi.Registry;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.solarrelay.routes.lint.BeanIndex;

/**
 * The beans of one dry run: the program's own classes, created with the dry run's settings. They
 * share nothing with the running program and have no state of an earlier message.
 */
final class DryRunBeans {

  private final SmallRyeConfig config;
  private final Map<Class<?>, Object> given;
  private final Map<Class<?>, Object> byType;
  private final Map<String, Object> produced = new HashMap<>();

  /**
   * @param given objects that replace other systems, by the type of the constructor's parameter
   */
  DryRunBeans(SmallRyeConfig config, Map<Class<?>, Object> given) {
    this.config = config;
    this.given = given;
    this.byType = new HashMap<>(given);
  }

  /** Binds every named bean to {@code registry}; each is created at its first use. */
  void bindTo(Registry registry, Map<String, Object> standIns) {
    BeanIndex.all()
        .forEach(
            (name, bean) -> {
              if (!standIns.containsKey(name)) {
                registry.bind(name, bean.beanType(), () -> made(name, bean));
              }
            });
    standIns.forEach(registry::bind);
  }

  /**
   * Resets the state of each bean. Routes keep references to the beans they call, so the objects
   * stay and get the fields of new ones.
   */
  synchronized void renew() {
    DryRunBeans fresh = new DryRunBeans(config, given);
    byType.forEach(
        (type, bean) -> {
          if (!given.containsKey(type) && !type.isRecord()) {
            copy(fresh.of(type), bean);
          }
        });
  }

  private static void copy(Object from, Object to) {
    for (Class<?> type = to.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          call(
              () -> {
                field.set(to, field.get(from));
                return to;
              });
        }
      }
    }
  }

  private synchronized Object made(String name, BeanIndex.NamedBean bean) {
    if (bean.producer().isEmpty()) {
      return of(bean.type());
    }
    Object known = produced.get(name);
    if (known == null) {
      known = call(() -> bean.producer().get().invoke(of(bean.type())));
      produced.put(name, known);
    }
    return known;
  }

  /**
   * The single instance of a class; creates it, with the arguments of its constructor, if needed.
   */
  private synchronized Object of(Class<?> type) {
    Object known = byType.get(type);
    if (known == null) {
      Constructor<?> constructor = constructor(type);
      constructor.setAccessible(true);
      Object[] arguments =
          Stream.of(constructor.getParameters()).map(this::argument).toArray(Object[]::new);
      known = call(() -> constructor.newInstance(arguments));
      byType.put(type, known);
    }
    return known;
  }

  private static Constructor<?> constructor(Class<?> type) {
    Constructor<?>[] all = type.getDeclaredConstructors();
    return Stream.of(all)
        .filter(constructor -> all.length == 1 || constructor.isAnnotationPresent(Inject.class))
        .findFirst()
        .orElseGet(() -> call(type::getDeclaredConstructor));
  }

  private Object argument(Parameter parameter) {
    ConfigProperty property = parameter.getAnnotation(ConfigProperty.class);
    return property == null
        ? of(parameter.getType())
        : setting(property.name(), parameter.getParameterizedType());
  }

  private Object setting(String name, Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> element = (Class<?>) generic.getActualTypeArguments()[0];
      return generic.getRawType() == Optional.class
          ? config.getOptionalValue(name, element)
          : config.getValues(name, element, ArrayList::new);
    }
    return config.getValue(name, (Class<?>) type);
  }

  private interface Making<T> {
    T run() throws ReflectiveOperationException;
  }

  private static <T> T call(Making<T> making) {
    try {
      return making.run();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
