package dev.tactus.policies.bundle;

import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import dev.tactus.policies.command.BadInputException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a bundle must answer: observations and noise with the actions that the trained network gave, recorded when the
 * bundle was made. The whole path is replayed, from physical observation to physical action. Kinds diffusion and flow are
 * replayed deterministically in a few steps (DDIM with leading spacing on a discrete schedule, Euler elsewhere), because
 * that needs one noise vector only; every other kind by the sampler that the bundle names.
 *
 * @param steps how many steps are replayed; 0 where the bundle's own sampler is
 * @param cases the recorded answers
 */
public record Golden(int steps, List<Case> cases) {
    private static final int MOST_STEPS = 100_000;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /**
     * One recorded answer.
     *
     * @param observation {@code [window steps][observation size]}, oldest first, physical units
     * @param noise what is drawn, unit Gaussian, a number of times {@code [H][action size]}: once at the start, for a
     *     consistency policy once a level, for kinds that draw nothing never
     * @param action {@code [H][action size]} in physical units, before discrete elements are thresholded
     */
    public record Case(float[] observation, float[] noise, double[] action) {}

    /**
     * Reads {@code golden.json} and checks its sizes.
     *
     * @param json its bytes
     * @param name what messages call it
     * @param spec the policy that it belongs to
     * @return the recorded answers
     */
    static Golden parse(byte[] json, String name, PolicySpec spec) {
        Golden golden;
        try {
            golden = MAPPER.readValue(json, Golden.class);
        } catch (JacksonException e) {
            throw new BadInputException(
                    name + ": not the JSON that was expected: " + e.getOriginalMessage() + ". Export the bundle again.",
                    e);
        }
        golden.check(name, spec);
        return golden;
    }

    void check(String name, PolicySpec spec) {
        int most = spec.sampling().schedule() instanceof ScheduleSpec.Discrete discrete ? discrete.steps() : MOST_STEPS;
        boolean chosen = stepped(spec);
        if (chosen ? steps < 1 || steps > most : steps != 0) {
            throw new BadInputException(name + ": steps: " + steps + " is out of range; allowed is "
                    + (chosen ? "1 to " + most : "0, the bundle's own sampler") + " for this kind of policy");
        }
        if (cases.isEmpty()) {
            throw new BadInputException(name + ": cases: there is none; a bundle records at least one");
        }
        int latent = spec.horizon() * spec.actionSize();
        int drawn = draws(spec) * latent;
        for (int i = 0; i < cases.size(); i++) {
            Case one = cases.get(i);
            checkLength(name, i, "observation", one.observation().length, spec.windowSteps() * spec.observationSize());
            checkLength(name, i, "noise", one.noise().length, drawn);
            checkLength(name, i, "action", one.action().length, latent);
        }
    }

    /**
     * Whether a policy is replayed in a number of steps that the answers choose.
     *
     * @param spec the policy
     * @return whether it is of kind diffusion or flow
     */
    public static boolean stepped(PolicySpec spec) {
        return spec.kind() == PolicyKind.DIFFUSION || spec.kind() == PolicyKind.FLOW;
    }

    /**
     * How often a replay draws a chunk of noise.
     *
     * @param spec the policy
     * @return the number of draws
     */
    public static int draws(PolicySpec spec) {
        return switch (spec.sampling().sampler()) {
            case SamplerSpec.Mip s -> 0;
            case SamplerSpec.Direct s -> 0;
            case SamplerSpec.Consistency s -> s.levels().size();
            default -> 1;
        };
    }

    byte[] json() {
        return MAPPER.writeValueAsBytes(this);
    }

    private static void checkLength(String name, int index, String field, int found, int expected) {
        if (found != expected) {
            throw new BadInputException(name + ": cases[" + index + "]." + field + ": " + found
                    + " numbers; policy.yaml asks for " + expected + ". Export the bundle again.");
        }
    }
}
