package dev.tactus.policies.guidance;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.denoiser.PolicyModel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Guidance out of a file, what {@code --guidance FILE.yaml} takes: a list whose entries wrap the policy one after the
 * other, the first innermost. Targets are in the physical units of named action terms, levels are those of the policy's
 * own schedule, and bundles are named relative to the file. The README of this module lists the keys. Not for the
 * real-time path.
 */
public final class Guidances {
    private Guidances() {}

    /**
     * Wraps a policy's denoisers as a file says.
     *
     * @param source opens the policy's denoiser
     * @param spec the policy
     * @param file the guidance
     * @param bundles loads a bundle that the file names
     * @return opens the guided denoiser
     * @throws BadInputException if the file is wrong, or names what this policy does not have
     */
    public static DenoiserSource wrap(
            DenoiserSource source, PolicySpec spec, Path file, Function<Path, PolicyModel> bundles) {
        GuidanceReader reader = new GuidanceReader(spec, file, bundles);
        List<UnaryOperator<Denoiser>> wrappers = reader.read(ConfigMap.read(file));
        int candidates = reader.candidates();
        return batch -> {
            if (candidates > 1 && batch > 1) {
                throw new BadInputException(file + ": post_hoc_ranking draws " + candidates + " candidates of its own,"
                        + " but the scheme draws " + batch + ". Choose another scheme, or leave the ranking out.");
            }
            return wrapped(source.open(batch * candidates), wrappers);
        };
    }

    private static Denoiser wrapped(Denoiser policy, List<UnaryOperator<Denoiser>> wrappers) {
        Denoiser denoiser = policy;
        try {
            for (UnaryOperator<Denoiser> wrapper : wrappers) {
                denoiser = wrapper.apply(denoiser);
            }
            return denoiser;
        } catch (RuntimeException e) {
            denoiser.close();
            throw e;
        }
    }
}
