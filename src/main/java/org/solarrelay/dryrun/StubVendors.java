package org.solarrelay.dryrun;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Vendors that never open a socket: they keep every call, and answer as the book has it. */
final class StubVendors {

  private Stubs book;
  private final List<OutgoingRequest> calls = new ArrayList<>();
  private final List<OutgoingRequest> unanswered = new ArrayList<>();

  /** Forgets what was said, and speaks by another book. */
  synchronized void begin(Stubs other) {
    book = other;
    calls.clear();
    unanswered.clear();
  }

  /**
   * Takes a call in.
   *
   * @throws IOException where no stub is there for it, or where its stub cuts the connection
   */
  synchronized StubResponse respond(OutgoingRequest call) throws IOException {
    calls.add(call);
    Optional<StubResponse> answer = book.answer(call);
    if (answer.isEmpty()) {
      unanswered.add(call);
      throw new IOException("nobody answers " + call.line());
    }
    if ("cut".equals(answer.get().fault())) {
      throw new IOException("Connection was closed");
    }
    return answer.get();
  }

  /** Takes in what needs no answer. */
  synchronized void kept(OutgoingRequest call) {
    calls.add(call);
  }

  synchronized List<OutgoingRequest> calls() {
    return List.copyOf(calls);
  }

  synchronized List<OutgoingRequest> unanswered() {
    return List.copyOf(unanswered);
  }
}
