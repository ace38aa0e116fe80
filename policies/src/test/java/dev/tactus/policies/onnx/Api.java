package dev.tactus.policies.onnx;

import java.util.List;
import java.util.Map;

/** The two ways to run a graph, so that a test can say which. */
enum Api {
    NATIVE,
    JAVA;

    GraphSession open(GraphModel model, Map<String, List<Long>> shapes) {
        return open(model, shapes, GraphOptions.CPU);
    }

    GraphSession open(GraphModel model, Map<String, List<Long>> shapes, GraphOptions options) {
        String before = System.getProperty(GraphSession.API_PROPERTY);
        try {
            System.setProperty(GraphSession.API_PROPERTY, this == JAVA ? "java" : "");
            return GraphSession.open(model, shapes, options);
        } finally {
            if (before == null) {
                System.clearProperty(GraphSession.API_PROPERTY);
            } else {
                System.setProperty(GraphSession.API_PROPERTY, before);
            }
        }
    }
}
