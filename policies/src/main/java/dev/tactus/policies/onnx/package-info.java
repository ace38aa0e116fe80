/**
 * ONNX as a file format: graphs written from Java. Knows nothing of policies; the benchmark networks and the export of
 * training build theirs with it.
 */
package dev.tactus.policies.onnx;
