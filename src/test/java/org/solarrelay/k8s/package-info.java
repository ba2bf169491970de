/**
 * Holds the manifests in {@code k8s/} against what Kubernetes, the operators and this program
 * expect, without a cluster.
 */
package org.solarrelay.k8s;
