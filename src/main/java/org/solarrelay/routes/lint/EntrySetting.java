package org.solarrelay.routes.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solarrelay.config.CallRate;
import org.solarrelay.config.DestinationEntry;

/** A setting of an entry in {@code destinations.yaml}, and the check of its value. */
enum EntrySetting {
  URL("url", "a URL, such as \"{{env:SLACK_WEBHOOK_URL}}\" or https://api.example.com") {
    @Override
    Optional<Wrong> problem(String text) {
      Optional<Wrong> placeholders = placeholders(text);
      if (placeholders.isPresent()) {
        return placeholders;
      }
      String filled = DestinationEntry.resolved(text, EntrySetting::example);
      if (!DestinationEntry.isUrl(filled)) {
        return wrong("url is no URL of http: or https:");
      }
      return SecretText.find(filled).or(() -> SecretText.random(filled)).isPresent()
          ? Optional.of(
              new Wrong(
                  "the URL holds what looks like a secret",
                  "Put it into a variable, \"{{env:SLACK_WEBHOOK_URL}}\"; and change it, it has"
                      + " been in a file"))
          : Optional.empty();
    }
  },
  API_KEY("api-key", "a placeholder, such as \"{{env:SLACK_API_KEY}}\"") {
    @Override
    Optional<Wrong> problem(String text) {
      Matcher placeholder = DestinationEntry.PLACEHOLDER.matcher(text);
      if (!placeholder.matches() || placeholder.group(2) != null) {
        return Optional.of(
            new Wrong(
                "the key stands in the file",
                "Write a placeholder, such as \"{{env:SLACK_API_KEY}}\"; and change the key, it has"
                    + " been in a file"));
      }
      return Optional.empty();
    }
  },
  IN_FLIGHT("in-flight", "a number from 1 to 1000, such as 4") {
    @Override
    Optional<Wrong> problem(String text) {
      return number(text, 1000);
    }
  },
  RATE_LIMIT("rate-limit", "calls per 60 seconds, such as 60, or in a window, such as 100/PT10S") {
    @Override
    Optional<Wrong> problem(String text) {
      try {
        CallRate.of(text);
        return Optional.empty();
      } catch (IllegalArgumentException e) {
        return wrong("rate-limit is no rate");
      }
    }
  },
  CALLS_PER_DELIVERY("calls-per-delivery", "a number from 1 to 100, such as 2") {
    @Override
    Optional<Wrong> problem(String text) {
      return number(text, 100);
    }
  },
  MATCHES_BY("matches-by", "the name of a field of the event's data, such as email") {
    @Override
    Optional<Wrong> problem(String text) {
      return NAME.matcher(text).matches() ? Optional.empty() : wrong("matches-by names no field");
    }
  },
  ONE_STATE("one-state", "true or false") {
    @Override
    Optional<Wrong> problem(String text) {
      return text.equals("true") || text.equals("false")
          ? Optional.empty()
          : wrong("one-state is neither true nor false");
    }
  };

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final Pattern BRACES = Pattern.compile("\\{\\{|}}|\\$\\{");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

  private final String id;
  private final String form;

  EntrySetting(String id, String form) {
    this.id = id;
    this.form = form;
  }

  /** The problem of a value, and its fix. */
  record Wrong(String problem, String fix) {}

  /** The problem of a value's text; empty if it is valid. */
  abstract Optional<Wrong> problem(String text);

  static Optional<EntrySetting> of(String id) {
    return Arrays.stream(values()).filter(setting -> setting.id.equals(id)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(EntrySetting::id).toList();
  }

  String id() {
    return id;
  }

  /** The expected value, with an example. */
  String form() {
    return form;
  }

  Optional<Wrong> wrong(String problem) {
    return Optional.of(new Wrong(problem, "Write " + form));
  }

  Optional<Wrong> number(String text, int most) {
    boolean fine =
        NUMBER.matcher(text).matches()
            && Integer.parseInt(text) >= 1
            && Integer.parseInt(text) <= most;
    return fine ? Optional.empty() : wrong(id + " is no number from 1 to " + most);
  }

  /** A value for a placeholder in a URL: its default, a host or a word. */
  private static String example(MatchResult placeholder) {
    if (placeholder.group(2) != null) {
      return placeholder.group(2);
    }
    return placeholder.start() == 0 ? "https://host.example" : "x";
  }

  Optional<Wrong> placeholders(String text) {
    String rest = DestinationEntry.resolved(text, found -> "");
    return BRACES.matcher(rest).find()
        ? Optional.of(
            new Wrong(
                id + " has a placeholder that cannot be read",
                "Write {{env:NAME}}, with letters, digits and underscores as name"))
        : Optional.empty();
  }
}
