/**
 * Reconciliation: reads the lists of a vendor and makes the events that no webhook reported. The
 * routes reconcile-&lt;vendor&gt; show the way of a page.
 */
package org.solarrelay.vendor.reconcile;
