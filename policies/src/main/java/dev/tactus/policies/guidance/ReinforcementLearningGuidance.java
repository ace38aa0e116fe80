package dev.tactus.policies.guidance;

import dev.tactus.policies.compose.Composition;
import dev.tactus.policies.compose.ConditionSlice;
import dev.tactus.policies.compose.Operator;
import dev.tactus.policies.compose.Parent;
import dev.tactus.policies.denoiser.Denoiser;
import java.util.List;

/**
 * Reinforcement-learning guidance (Jin et al., Inference-Time Alignment Control for Diffusion Models with Reinforcement
 * Learning Guidance): between a policy and the one that was tuned from it, and beyond,
 *
 * <pre>
 *   a = base + w (tuned - base)          for a density of about p_base^(1 - w) p_tuned^w
 * </pre>
 *
 * w = 0 is the base and 1 the tuned policy, at one evaluation a level; w above 1 extrapolates, as if tuning had been held
 * back less. Guide each of the two first where classifier-free guidance is used as well.
 */
public final class ReinforcementLearningGuidance {
    private static final int TUNED = 1;

    private ReinforcementLearningGuidance() {}

    /**
     * Guides a policy by a tuned one.
     *
     * @param base the policy; closed with the guidance
     * @param tuned the tuned policy, which sees the same condition; closed with the guidance
     * @param weight w
     * @param zeroInitSteps levels at the beginning of a descent in which the tuned policy answers alone
     * @return the guided denoiser
     */
    public static Denoiser of(Denoiser base, Denoiser tuned, double weight, int zeroInitSteps) {
        ConditionSlice all = ConditionSlice.all(base.conditionSize());
        return new Composition(
                List.of(new Parent("the base policy", base, all), new Parent("the tuned policy", tuned, all)),
                new Operator.Linear(new double[] {1.0 - weight, weight}, TUNED, zeroInitSteps));
    }
}
