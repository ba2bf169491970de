package org.solarrelay.routes;

/** Files in the form that Kaoto writes after every step was edited (seen in Kaoto 2.12). */
public final class KaotoForm {

  private static final String END = "(?m)^( *)uri: %s$(?!\\n\\1parameters:)";

  private KaotoForm() {}

  public static String of(String file) {
    return file.replaceAll(
            END.formatted("direct:(\\S+)"), "$1uri: direct\n$1parameters:\n$1  name: $2")
        .replaceAll(
            "(?m)^( *)uri: kamelet:(\\S+)\\n\\1parameters:$",
            "$1uri: kamelet:$2\n$1parameters:\n$1  templateId: $2")
        .replaceAll(
            END.formatted("kamelet:(?!source)(\\S+)"),
            "$1uri: kamelet:$2\n$1parameters:\n$1  templateId: $2")
        .replaceAll(
            "(?m)^( *)uri: vertx-http:(\\S+)\\n\\1parameters:$",
            "$1uri: vertx-http\n$1parameters:\n$1  httpUri: \"$2\"");
  }
}
