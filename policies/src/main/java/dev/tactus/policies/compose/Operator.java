package dev.tactus.policies.compose;

import dev.tactus.policies.command.BadInputException;
import java.util.Arrays;

/** How the estimates of several policies become one. */
public sealed interface Operator {

    /**
     * A linear combination with fixed weights, {@code sum_j w_j E_j[a | x]}, which at a given x is that of the scores. A
     * parent whose weight is 0 is not asked. Weights of 0 to 1 are the convex composition of Cao et al. (Compose Your
     * Policies); others extrapolate, as classifier-free and reinforcement-learning guidance do.
     *
     * @param weights one a parent, their sum 1
     * @param lead the parent that answers alone at first
     * @param leadSteps for how many levels of each descent; usually 0
     */
    record Linear(double[] weights, int lead, int leadSteps) implements Operator {
        private static final double SUM_TOLERANCE = 1e-9;

        /**
         * Makes an operator.
         *
         * @param weights one a parent, their sum 1
         * @param lead the parent that answers alone at first
         * @param leadSteps for how many levels of each descent; usually 0
         * @throws BadInputException if the weights do not sum to 1
         */
        public Linear {
            weights = weights.clone();
            if (!(Math.abs(Arrays.stream(weights).sum() - 1.0) < SUM_TOLERANCE)) {
                throw new BadInputException("weights " + Arrays.toString(weights) + " have the sum "
                        + Arrays.stream(weights).sum() + "; it must be 1");
            }
        }

        /**
         * Fixed weights from the first level on.
         *
         * @param weights one a parent, their sum 1
         */
        public Linear(double... weights) {
            this(weights, 0, 0);
        }
    }

    /**
     * Logical or: draws what either policy would, by weights that follow the densities along the sampler's path (Skreta
     * et al., The Superposition of Diffusion Models, OR): {@code w_j = softmax_j(T log p_j(x) + l_j)}.
     *
     * @param temperature T, 0 or more; 1 for the mixture of the policies
     * @param biases l, one a parent: logarithms of prior weights
     */
    record Or(double temperature, double[] biases) implements Operator {

        /**
         * Makes an operator.
         *
         * @param temperature T, 0 or more; 1 for the mixture of the policies
         * @param biases l, one a parent: logarithms of prior weights
         * @throws BadInputException if the temperature is negative or not finite
         */
        public Or {
            biases = biases.clone();
            if (!(temperature >= 0.0 && Double.isFinite(temperature))) {
                throw new BadInputException("temperature " + temperature + "; a finite number of 0 or more is allowed");
            }
        }
    }

    /**
     * Logical and of two policies: draws what both find equally likely, by the weight kappa of the first that brings their
     * log densities together (the same source, AND).
     *
     * @param least bound on kappa from below, at most 1/2
     * @param greatest bound on kappa from above, at least 1/2
     */
    record And(double least, double greatest) implements Operator {

        /**
         * Makes an operator.
         *
         * @param least bound on kappa from below, at most 1/2
         * @param greatest bound on kappa from above, at least 1/2
         * @throws BadInputException if 1/2 is not between them
         */
        public And {
            if (!(least <= 0.5 && greatest >= 0.5 && Double.isFinite(least) && Double.isFinite(greatest))) {
                throw new BadInputException("kappa bounded by " + least + " and " + greatest
                        + "; finite bounds with 0.5 between them are allowed, for example 0 and 1");
            }
        }
    }
}
