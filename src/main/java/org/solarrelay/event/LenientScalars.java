package org.solarrelay.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import org.solarrelay.event.normal.BooleanNormalizer;

/**
 * Reads values of another JSON type where the meaning is clear: {@code "5569"} as a number, {@code
 * 84045} as a text, {@code "on"} or {@code 1} as true. 1.5 is no whole number.
 */
final class LenientScalars extends SimpleModule {

  private static final int MAX_NUMBER_LENGTH = 40;

  LenientScalars() {
    addDeserializer(String.class, new Scalar<>(String.class, LenientScalars::text));
    addDeserializer(Integer.class, new Scalar<>(Integer.class, LenientScalars::wholeNumber));
    addDeserializer(Boolean.class, new Scalar<>(Boolean.class, LenientScalars::flag));
    addDeserializer(OffsetDateTime.class, new Scalar<>(OffsetDateTime.class, LenientScalars::time));
  }

  private static String text(String written, JsonToken token) {
    if (token != JsonToken.VALUE_NUMBER_FLOAT) {
      return written;
    }
    BigDecimal number = new BigDecimal(written);
    if (Math.abs((long) number.precision() - number.scale()) > MAX_NUMBER_LENGTH) {
      throw new IllegalArgumentException();
    }
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() <= 0 ? stripped.toPlainString() : number.toPlainString();
  }

  private static Integer wholeNumber(String written, JsonToken token) {
    String number = written.strip();
    if (token.isBoolean() || number.length() > MAX_NUMBER_LENGTH) {
      throw new IllegalArgumentException();
    }
    return new BigDecimal(number).intValueExact();
  }

  private static Boolean flag(String written, JsonToken token) {
    return BooleanNormalizer.normalize(written).orElseThrow(IllegalArgumentException::new);
  }

  private static OffsetDateTime time(String written, JsonToken token) {
    return EventTime.time(written).orElseThrow(IllegalArgumentException::new);
  }

  /** Throws IllegalArgumentException or ArithmeticException if the text is no such value. */
  private interface Reading<T> {
    T read(String written, JsonToken token);
  }

  private static final class Scalar<T> extends StdScalarDeserializer<T> {

    private final transient Reading<T> reading;

    Scalar(Class<T> type, Reading<T> reading) {
      super(type);
      this.reading = reading;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      JsonToken token = parser.currentToken();
      if (token.isScalarValue()) {
        try {
          return reading.read(parser.getText(), token);
        } catch (IllegalArgumentException | ArithmeticException e) {
          throw MismatchedInputException.from(parser, handledType(), "unreadable");
        }
      }
      throw MismatchedInputException.from(parser, handledType(), "no single value");
    }
  }
}
