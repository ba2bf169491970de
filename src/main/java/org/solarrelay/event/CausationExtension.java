package org.solarrelay.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.util.Optional;

/**
 * The CloudEvents extensions of a derived event: {@code causationid} and {@code causationsource}
 * are id and source of the event from which the derived event is made, {@code generation} is the
 * length of the chain.
 */
final class CausationExtension {

  static final String ID = "causationid";
  static final String SOURCE = "causationsource";
  static final String GENERATION = "generation";

  private CausationExtension() {}

  static void write(Causation causation, CloudEventBuilder event) {
    event.withExtension(ID, causation.id());
    event.withExtension(SOURCE, causation.source());
    event.withExtension(GENERATION, causation.generation());
  }

  /**
   * The causation; empty for an event that the relay did not derive, whatever its extensions are.
   */
  static Optional<Causation> read(CloudEvent event) {
    Object id = event.getExtension(ID);
    Object source = event.getExtension(SOURCE);
    String generation = String.valueOf(event.getExtension(GENERATION));
    boolean derived = id instanceof String && source instanceof String;
    return derived
            && generation.matches("[1-9]")
            && event.getSource().toString().equals(Event.DERIVED_SOURCE)
        ? Optional.of(new Causation((String) source, (String) id, Integer.parseInt(generation)))
        : Optional.empty();
  }
}
