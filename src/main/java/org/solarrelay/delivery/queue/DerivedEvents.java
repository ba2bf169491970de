package org.solarrelay.delivery.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.solarrelay.event.Causation;
import org.solarrelay.event.Event;
import org.solarrelay.event.EventDefaults;
import org.solarrelay.event.InvalidMessageException;
import org.solarrelay.identity.EventIds;
import org.solarrelay.topic.EventOrigin;

/**
 * The events that fan-out derives from one event. They are sent after the ledger has stored that
 * event, and refer to its id in the ledger. Nothing is derived from a duplicate or an echo, because
 * the derived events would return without end.
 */
public final class DerivedEvents implements EventOrigin {

  private static final String TOO_MANY_GENERATIONS =
      "fan-out left out a derived event: it would be generation %d, and %d is the last generation";

  private final Event parent;
  private final Consumer<String> leftOut;
  private final List<Event> children = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();
  private Optional<String> storedId = Optional.empty();
  private Optional<Event> addition = Optional.empty();

  /**
   * @param leftOut receives the reason why an event is not derived
   */
  public DerivedEvents(Event parent, Consumer<String> leftOut) {
    this.parent = parent;
    this.leftOut = leftOut;
  }

  /**
   * The defaults of a derived event: the source is {@code relay}; subject and time are the record
   * and the time of the event. The id is a name, from which {@link Event#derive} makes the final
   * id.
   */
  @Override
  public EventDefaults defaults() {
    return new EventDefaults(
        Event.DERIVED_SOURCE,
        Optional.of(parent.record()),
        parent.id(),
        parent.time(),
        Optional.empty(),
        (child, time, number) -> child.withId(name(child)));
  }

  private synchronized String name(Event child) {
    String name = child.type() + " " + child.subject();
    return name + " " + names.merge(name, 1, Integer::sum);
  }

  @Override
  public synchronized boolean accepts(Event child) {
    if (child == parent || !child.source().equals(Event.DERIVED_SOURCE)) {
      throw new InvalidMessageException(
          child == parent
              ? "fan-out sends the event itself to topic:events, and would receive it again; send a"
                  + " derived event by variableSend"
              : "a derived event has the source relay; leave out source");
    }
    if (parent.generation() < Causation.LAST_GENERATION) {
      children.add(child);
    } else {
      leftOut.accept(
          TOO_MANY_GENERATIONS.formatted(parent.generation() + 1, Causation.LAST_GENERATION));
    }
    return true;
  }

  /** The body stays the event. */
  @Override
  public void afterSending(Exchange exchange) {
    exchange.getMessage().setBody(parent);
  }

  /** The ledger has the event under this id. */
  void storedAs(String id) {
    storedId = Optional.of(id);
  }

  /** The event is a duplicate, or an echo of the relay's own write. */
  void leaveOut() {
    storedId = Optional.empty();
    addition = Optional.empty();
  }

  /** The event is a duplicate of another one, and says this beyond it. */
  void replaceBy(Event event) {
    storedId = Optional.empty();
    addition = Optional.of(event);
  }

  /** The events to send; empty until the event is stored. */
  List<Event> toSend() {
    return addition.map(List::of).orElseGet(() -> storedId.map(this::of).orElse(List.of()));
  }

  /** The derived events, as if the event were stored under its own id. */
  public List<Event> preview() {
    return of(parent.id());
  }

  private synchronized List<Event> of(String parentId) {
    return children.stream()
        .map(child -> EventIds.addKnownIds(parent.derive(child, parentId), EventIds.of(parent)))
        .toList();
  }
}
