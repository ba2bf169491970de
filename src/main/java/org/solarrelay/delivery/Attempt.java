package org.solarrelay.delivery;

/** An attempt that is over, to be recorded. */
record Attempt(Delivery delivery, Verdict verdict) {}
