package dev.tactus.control.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JointOrderTest {
    private static final JointOrder SDK = legs("sdk", "FR", "FL", "RR", "RL");
    private static final JointOrder ASSET = legs("asset", "FL", "FR", "RL", "RR");

    /** As published for the same pair of orders in the joint_mapping of rl_sar's himloco policy. */
    private static final int[] PUBLISHED = {3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8};

    @Test
    void mapBetweenTheOrdersOfAQuadrupedIsThePublishedOne() {
        assertArrayEquals(PUBLISHED, SDK.mapTo(ASSET));
        assertArrayEquals(PUBLISHED, ASSET.mapTo(SDK));
    }

    @Test
    void valuesFollowTheirNames() {
        double[] from = IntStream.range(0, 12).asDoubleStream().toArray();
        double[] to = new double[12];
        double[] back = new double[12];
        JointOrder breadthFirst = new JointOrder(
                "breadth",
                Stream.of("hip", "thigh", "calf")
                        .flatMap(part -> Stream.of("FL", "FR", "RL", "RR").map(leg -> leg + "_" + part))
                        .toList());
        JointOrder.apply(SDK.mapTo(breadthFirst), from, to);
        for (int i = 0; i < 12; i++) {
            assertEquals(SDK.joints().indexOf(breadthFirst.joints().get(i)), to[i]);
        }
        JointOrder.apply(breadthFirst.mapTo(SDK), to, back);
        assertArrayEquals(from, back);
    }

    @Test
    void ordersOfOtherJointsHaveNoMap() {
        JointOrder arm = new JointOrder("arm", List.of("a", "b"));
        String message =
                assertThrows(BadInputException.class, () -> SDK.mapTo(arm)).getMessage();
        assertTrue(message.contains("'sdk'") && message.contains("(a, b)"), message);
        assertFalse(arm.isPermutationOf(List.of("a", "a")));
        assertFalse(new JointOrder("twice", List.of("a", "a")).isPermutationOf(List.of("a", "b")));
        assertTrue(arm.isPermutationOf(List.of("b", "a")));
    }

    private static JointOrder legs(String name, String... legs) {
        return new JointOrder(
                name,
                Stream.of(legs)
                        .flatMap(leg -> Stream.of("hip", "thigh", "calf").map(part -> leg + "_" + part))
                        .toList());
    }
}
