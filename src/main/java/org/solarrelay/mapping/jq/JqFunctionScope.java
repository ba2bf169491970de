package org.solarrelay.mapping.jq;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import org.apache.camel.language.jq.JqFunctions;

/**
 * The functions that expressions of routes may call: jackson-jq's, Camel's, and those of the
 * normalisation. None reads the environment, a file or a further input.
 */
final class JqFunctionScope {

  static final Version VERSION = Versions.JQ_1_7;

  /** Functions that read the environment, files or other inputs. */
  private static final Set<String> LEFT_OUT = Set.of("env/0", "debug_scope/0", "input/0");

  private static final Scope ROOT = Scope.newEmptyScope();
  private static final Set<String> NAMES = new TreeSet<>();

  static {
    functions()
        .forEach(
            (name, function) -> {
              NAMES.add(name);
              ROOT.addFunction(name, function);
            });
  }

  private JqFunctionScope() {}

  /** Creates a scope for one expression. */
  static Scope create() {
    return Scope.newChildScope(ROOT);
  }

  /** Each function's name with its number of arguments, such as {@code test/2}. */
  static Set<String> names() {
    return NAMES;
  }

  private static Map<String, Function> functions() {
    BuiltinFunctionLoader loader = BuiltinFunctionLoader.getInstance();
    ClassLoader classes = BuiltinFunctionLoader.class.getClassLoader();
    Map<String, Function> all = new HashMap<>();
    loader.loadFunctionsFromServiceLoader(classes, VERSION).forEach(all::put);
    all.computeIfPresent("_match_impl/3", (name, function) -> new RegexLimit(function, 1));
    all.computeIfPresent("_sub_impl/3", (name, function) -> new RegexLimit(function, 2));
    all.computeIfPresent("setpath/2", (name, function) -> new SetPathLimit(function));
    Map<String, Function> written = loader.loadFunctionsFromJsonJq(classes, VERSION, ROOT);
    written.put("repeat/1", inJq("repeat", List.of("f"), "def _r: ., (f | _r); _r"));
    written.values().forEach(ExpressionTree::boundParts);
    all.putAll(written);
    Function header = new JqFunctions.Header();
    Function property = new JqFunctions.Property();
    Function variable = new JqFunctions.Variable();
    all.putAll(Map.of("header/1", header, "header/2", header));
    all.putAll(Map.of("property/1", property, "property/2", property));
    all.putAll(Map.of("variable/1", variable, "variable/2", variable));
    all.putAll(NormalizingFunction.all());
    all.keySet().removeAll(LEFT_OUT);
    all.replaceAll((name, function) -> new BoundedFunction(function));
    return all;
  }

  private static Function inJq(String name, List<String> parameters, String text) {
    try {
      return new JsonQueryFunction(
          name, parameters, ExpressionParser.compile(text, VERSION), Scope.newChildScope(ROOT));
    } catch (JsonQueryException e) {
      throw new IllegalStateException(e);
    }
  }
}
