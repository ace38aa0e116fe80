package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a bundle must answer: observations and noise with the actions that the trained network gave, recorded when the
 * bundle was made. The whole path is replayed, from physical observation to physical action, with DDIM (leading
 * spacing, no added noise), because it needs one noise vector only.
 *
 * @param steps how many DDIM steps are replayed
 * @param cases the recorded answers
 */
public record Golden(int steps, List<Case> cases) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /**
     * One recorded answer.
     *
     * @param observation {@code [window steps][observation size]}, oldest first, physical units
     * @param noise the latent at the start, {@code [H][action size]}, unit Gaussian
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
        if (steps < 1 || steps > spec.sampling().discreteSchedule().steps()) {
            throw new BadInputException(name + ": steps: " + steps + " is out of range; allowed is 1 to "
                    + spec.sampling().discreteSchedule().steps());
        }
        if (cases.isEmpty()) {
            throw new BadInputException(name + ": cases: there is none; a bundle records at least one");
        }
        int latent = spec.horizon() * spec.actionSize();
        for (int i = 0; i < cases.size(); i++) {
            Case one = cases.get(i);
            checkLength(name, i, "observation", one.observation().length, spec.windowSteps() * spec.observationSize());
            checkLength(name, i, "noise", one.noise().length, latent);
            checkLength(name, i, "action", one.action().length, latent);
        }
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
