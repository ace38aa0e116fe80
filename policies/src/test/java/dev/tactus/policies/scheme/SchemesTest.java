package dev.tactus.policies.scheme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.PolicyKind;
import dev.tactus.policies.bundle.SamplerSpec;
import dev.tactus.policies.bundle.SamplerSpec.Spacing;
import dev.tactus.policies.bundle.SamplingSpec;
import dev.tactus.policies.bundle.ScheduleSpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.LevelEncoding;
import dev.tactus.policies.schedule.Parameterisation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemesTest {
    private static final float[] CONDITION = new float[ReachPolicy.CONDITION];

    private static SamplingSpec sampling(Parameterisation predicts, ScheduleSpec schedule, SamplerSpec sampler) {
        return new SamplingSpec(predicts, schedule, LevelEncoding.IDENTITY, 1.0, sampler, GaussianNoise.ALGORITHM);
    }

    static Stream<PolicySpec> policies() {
        ScheduleSpec cosine = ScheduleSpec.Discrete.squaredCosine(20);
        ScheduleSpec edm = new ScheduleSpec.Edm(0.02, 20.0, 0.5, 7.0);
        return Stream.concat(
                Stream.of(
                                new SamplerSpec.Ddpm(),
                                new SamplerSpec.Ddim(5, Spacing.TRAILING, 1.0, true),
                                new SamplerSpec.DpmSolver(5, Spacing.LOG_SNR),
                                new SamplerSpec.UniPc(5, Spacing.LOG_SNR))
                        .map(sampler ->
                                policy(PolicyKind.DIFFUSION, sampling(Parameterisation.EPSILON, cosine, sampler))),
                Stream.of(
                        policy(
                                PolicyKind.DIFFUSION,
                                sampling(
                                        Parameterisation.KARRAS,
                                        edm,
                                        new SamplerSpec.EdmHeun(5, Spacing.KARRAS, 2.0, 0.1, 5.0, 1.0, 20.0))),
                        policy(
                                PolicyKind.FLOW,
                                sampling(
                                        Parameterisation.VELOCITY,
                                        new ScheduleSpec.Flow(),
                                        new SamplerSpec.FlowOde(SamplerSpec.Method.FLOW_EULER, 5, 1.0))),
                        policy(
                                PolicyKind.CONSISTENCY,
                                sampling(
                                        Parameterisation.CONSISTENCY,
                                        edm,
                                        new SamplerSpec.Consistency(List.of(20.0, 2.0), 20.0)))));
    }

    private static PolicySpec policy(PolicyKind kind, SamplingSpec sampling) {
        PolicySpec reach = ReachPolicy.spec();
        return new PolicySpec(
                reach.name(),
                kind,
                reach.robot(),
                reach.task(),
                reach.joints(),
                reach.horizon(),
                reach.observationSteps(),
                reach.actionSteps(),
                reach.controlPeriodNs(),
                reach.gains(),
                reach.observations(),
                reach.nullTerms(),
                reach.actions(),
                sampling,
                reach.rti(),
                reach.network(),
                reach.provenance());
    }

    private static DenoiserSource gaussian(PolicySpec spec) {
        return batch -> new GaussianDenoiser(
                spec.sampling().noiseSchedule(),
                batch,
                spec.horizon(),
                spec.actionSize(),
                spec.conditionSize(),
                0.2,
                0.1);
    }

    /** Gaussian data of mean 0.2 under every scheme with every sampler: finite, in the data's range, without garbage. */
    @ParameterizedTest
    @MethodSource("policies")
    void everySchemeRunsWithEverySamplerAndAllocatesNothing(PolicySpec spec) {
        for (String name : Schemes.ofAnyNetwork()) {
            String text = name.equals("bid") ? "bid:samples=3" : name;
            ExecutionScheme scheme =
                    Schemes.create(SchemeOptions.named(text), spec, gaussian(spec), new GaussianNoise(7));
            long[] tick = {0};
            long bytes = Allocation.bytesOfThousandRuns(() -> {
                tick[0]++;
                if (scheme.cycle(CONDITION, tick[0]) == CycleStatus.NEW_CHUNK) {
                    scheme.delivered(tick[0] + 1);
                }
            });
            String what = name + " with " + spec.sampling().sampler();
            assertEquals(0, bytes, what);
            assertEquals(0, scheme.restarts(), what);
            double mean = 0;
            for (float value : scheme.chunk()) {
                assertTrue(Math.abs(value - 0.2) < 0.7, what + ": " + value);
                mean += value / scheme.chunk().length;
            }
            assertEquals(0.2, mean, 0.1, what);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "full",
                "full:action_steps=4,ahead=true",
                "ddim:steps=4",
                "rti:steps=5/3/0,start=renoised,respaced=true,stall_ticks=4,disagreement=0.5,first_steps=20",
                "rtc:steps=5,action_steps=3,delay=2,delays=4,mask=linear,beta=8.0,jacobian=directional,free_discrete=true",
                "rtc-trained:delay=2,trained_delay=6",
                "ensemble:steps=3,decay=0.1",
                "bid:samples=4,rho=0.9,mode=2,action_steps=2"
            })
    void optionsAreWrittenAsTheyAreRead(String text) {
        assertEquals(text, SchemeOptions.named(text).text());
        assertEquals(
                SchemeOptions.named(text),
                SchemeOptions.named(SchemeOptions.named(text).text()));
    }

    @Test
    void badSettingsSayWhatIsAllowed() {
        assertRefused("rtc:betta=8", "'betta' is no setting of rtc", "beta");
        assertRefused("rtc:beta", "'beta' is no key=value", "rtc:beta=8,mask=linear");
        assertRefused("rtc:beta=high", "beta 'high'", "a number");
        assertRefused("rtc:mask=soft", "mask 'soft'", "exponential, linear, hard, ones");
        assertRefused("rtc:beta=1,beta=2", "'beta' stands twice");
        assertRefused("rti:steps=3,1,0", "'1' is no key=value");
        assertRefused("rti:respaced=yes", "respaced 'yes'", "true or false");
        assertRefused("rtc:beta=-1", "beta", "above 0");
        assertRefused("rtc:delay=-1", "initial delay of -1");
        assertRefused("rtc:delays=0", "allowed is 1 to");
        assertRefused("rtc:delays=2000000000", "allowed is 1 to");
        assertRefused("rti:disagreement=0", "limit of disagreement", "above 0");
        assertRefused("ensemble:decay=-1", "decay", "0 or more");
        assertRefused("bid:samples=0", "0 samples", "allowed is 1 to 1024");
        assertRefused("bid:samples=100000000", "100000000 samples", "allowed is 1 to 1024");
        assertRefused("bid:mode=16", "mode may be 1");
        assertRefused("bid:rho=0", "rho 0.0", "above 0 to 1");
    }

    private static void assertRefused(String text, String... parts) {
        PolicySpec spec = ReachPolicy.spec();
        String message = assertThrows(
                        BadInputException.class,
                        () -> Schemes.create(SchemeOptions.named(text), spec, gaussian(spec), new GaussianNoise(1)))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void aSchemeThatPlansAheadBeginsEarlierByTheMeasuredDelay() {
        PolicySpec spec = ReachPolicy.spec();
        ExecutionScheme scheme =
                Schemes.create(SchemeOptions.named("ddim:ahead=true"), spec, gaussian(spec), new GaussianNoise(1));
        scheme.cycle(CONDITION, 0);
        scheme.delivered(3); // the first does not count
        assertEquals(CycleStatus.SAME_CHUNK, scheme.cycle(CONDITION, 7));
        assertEquals(CycleStatus.NEW_CHUNK, scheme.cycle(CONDITION, 8));
        scheme.delivered(11);
        assertEquals(CycleStatus.SAME_CHUNK, scheme.cycle(CONDITION, 12));
        assertEquals(CycleStatus.NEW_CHUNK, scheme.cycle(CONDITION, 13));
    }

    @Test
    void aWeakPolicyOfOtherShapesIsRefused() {
        PolicySpec spec = ReachPolicy.spec();
        BidirectionalDecoding.Options options = BidirectionalDecoding.Options.standard()
                .withWeak(batch -> new GaussianDenoiser(
                        spec.sampling().noiseSchedule(), batch, 8, spec.actionSize(), spec.conditionSize(), 0, 1));
        String message = assertThrows(
                        BadInputException.class,
                        () -> Schemes.create(options, spec, gaussian(spec), new GaussianNoise(1)))
                .getMessage();
        assertTrue(message.contains("[15, 8, 4]") && message.contains("[15, 16, 4]"), message);
    }
}
