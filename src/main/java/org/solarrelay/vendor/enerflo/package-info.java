/**
 * Enerflo. The sub-packages {@code webhook}, {@code lead} and {@code project} do not use each
 * other. This package holds the classes that several of them need: for ids, responses, statuses,
 * phone numbers and addresses.
 */
package org.solarrelay.vendor.enerflo;
