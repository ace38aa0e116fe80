package dev.tactus.policies.guidance;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.compose.Composition;
import dev.tactus.policies.compose.ConditionSlice;
import dev.tactus.policies.compose.Operator;
import dev.tactus.policies.compose.Parent;
import dev.tactus.policies.denoiser.Denoiser;
import java.util.List;

/**
 * Classifier-free guidance (Ho and Salimans; Reuss et al., BESO): one network with and without its goal,
 *
 * <pre>
 *   a = D(x, null) + lambda (D(x, goal) - D(x, null))
 * </pre>
 *
 * for a network that was trained with goals left out now and then. lambda = 0 is the policy without goal and 1 the plain
 * one, at one evaluation a level; all else costs two.
 */
public final class ClassifierFreeGuidance {
    private ClassifierFreeGuidance() {}

    /**
     * Guides a denoiser.
     *
     * @param denoiser what is guided; closed with the guidance
     * @param goal the elements of its condition that make the goal
     * @param nullValues what they are without one, normalised; zeros for most networks
     * @param lambda strength
     * @return the guided denoiser
     * @throws BadInputException if there are no goal elements, or they are not in the condition
     */
    public static Denoiser of(Denoiser denoiser, int[] goal, float[] nullValues, double lambda) {
        if (goal.length == 0) {
            throw new BadInputException("classifier-free guidance without a goal: the policy's condition has no"
                    + " elements that may be left out. Choose a policy that was trained with null terms.");
        }
        ConditionSlice all = ConditionSlice.all(denoiser.conditionSize());
        List<Parent> views = List.of(
                new Parent("the policy without its goal", denoiser, all.with(goal, nullValues)),
                new Parent("the policy", denoiser, all));
        return new Composition(views, new Operator.Linear(1.0 - lambda, lambda));
    }
}
