/** Tests of the manifests in {@code k8s/}, without a cluster. */
package org.solarrelay.k8s;
