package org.solarrelay.mapping.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.solarrelay.event.normal.DateNormalizer;
import org.solarrelay.event.normal.DateOrder;
import org.solarrelay.event.normal.EmailNormalizer;
import org.solarrelay.event.normal.NumberNormalizer;
import org.solarrelay.event.normal.PhoneNumberNormalizer;
import org.solarrelay.event.normal.PostalCodeNormalizer;
import org.solarrelay.event.normal.StateNormalizer;
import org.solarrelay.event.normal.TextNormalizer;

/**
 * A normalising function, such as {@code phone}. The result is null for null and for every value
 * that cannot be normalised. The argument is a country code of two letters.
 */
final class NormalizingFunction implements Function {

  private static final String UNITED_STATES = "US";

  /** The maximum length of a phone number, date, address or code. */
  private static final int LONGEST_FIELD = 1_000;

  interface Normalizer {
    Optional<String> normalize(JsonNode value, String region);
  }

  private final Normalizer normalizer;

  private NormalizingFunction(Normalizer normalizer) {
    this.normalizer = normalizer;
  }

  /** The functions by name and number of arguments. */
  static Map<String, Function> all() {
    return Map.of(
        "phone/1", field((value, region) -> PhoneNumberNormalizer.normalize(text(value), region)),
        "us_state/0", field((value, region) -> StateNormalizer.ofUnitedStates(text(value))),
        "zip/0", field((value, region) -> PostalCodeNormalizer.normalize(value, UNITED_STATES)),
        "email/0", field((value, region) -> EmailNormalizer.normalize(text(value))),
        "trimmed/0",
            new NormalizingFunction((value, region) -> TextNormalizer.normalize(text(value))),
        "date/0", field(NormalizingFunction::date),
        "date/1", field(NormalizingFunction::date));
  }

  private static Function field(Normalizer normalizer) {
    return new NormalizingFunction(
        (value, region) ->
            text(value).length() > LONGEST_FIELD
                ? Optional.empty()
                : normalizer.normalize(value, region));
  }

  private static Optional<String> date(JsonNode value, String region) {
    return DateNormalizer.normalize(text(value), DateOrder.in(region)).map(Object::toString);
  }

  @Override
  public void apply(
      Scope scope,
      List<Expression> args,
      JsonNode in,
      Path path,
      PathOutput output,
      Version version)
      throws JsonQueryException {
    if (args.isEmpty()) {
      output.emit(normalized(in, ""), null);
    } else {
      args.get(0)
          .apply(
              scope,
              in,
              region ->
                  output.emit(normalized(in, text(region).strip().toUpperCase(Locale.ROOT)), null));
    }
  }

  private JsonNode normalized(JsonNode value, String region) {
    if (text(value).isBlank()) {
      return NullNode.getInstance();
    }
    return normalizer
        .normalize(value, region)
        .<JsonNode>map(TextNode::valueOf)
        .orElseGet(NullNode::getInstance);
  }

  private static String text(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    return value.isNumber()
        ? NumberNormalizer.ofNumber(value.decimalValue()).orElse(value.asText())
        : "";
  }
}
