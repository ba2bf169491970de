package org.solarrelay.delivery.queue;

/** The key of an event in the database. */
record EventKey(String source, String id) {}
