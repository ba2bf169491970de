package org.solarrelay.dryrun;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock with a settable time, in UTC. */
final class SetClock extends Clock {

  private volatile Instant time = Instant.EPOCH;

  void set(Instant now) {
    time = now;
  }

  @Override
  public Instant instant() {
    return time;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(time, zone);
  }
}
