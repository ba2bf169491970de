/**
 * Enerflo. Its rooms are {@code webhook}, {@code lead} and {@code project}; none of them uses
 * another. What two of them have to know of Enerflo's ids, answers, statuses, numbers and addresses
 * stands here.
 */
package org.solarrelay.vendor.enerflo;
