package dev.tactus.policies.cli;

import dev.tactus.policies.bench.BenchNetwork;
import dev.tactus.policies.bench.PolicyBench;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.JsonReport;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.config.TactusHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./tactus policy bench [BUNDLE...]}: how long a network takes on this machine, what sampler, scheme and
 * normaliser add to it, what a cycle allocates, and with {@code --peers} how long PyTorch takes for the same network.
 * Ends with 1 only if PyTorch computes something else; a goal of speed that is missed is said, not punished, for the
 * machine may be busy.
 */
@Command(
        name = "bench",
        description = "Time policies on this machine: network, sampler, garbage; beside PyTorch with --peers.")
public final class PolicyBenchCommand implements TactusCommand {
    private static final String DEFAULT_BUNDLE = "fr3-lift";

    @Parameters(paramLabel = "BUNDLE", description = "Folders of bundles; the one of fr3-lift if none.", arity = "0..*")
    private List<Path> bundles = new ArrayList<>();

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "A benchmark network, several times for several; all if none: mlp_4x64, mlp_4x256, unet_5m,"
                    + " unet_66m.")
    private List<String> networks = new ArrayList<>();

    @Option(
            names = "--peers",
            description = "Also time PyTorch on the same networks; fetches it into the cache once (1 to 5 GB).")
    private boolean peers;

    @Option(names = "--quick", description = "Only as long as it takes to see that everything works.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as one JSON object.")
    private Optional<Path> json = Optional.empty();

    /** Made by ServiceLoader. */
    public PolicyBenchCommand() {}

    @Override
    public String group() {
        return "policy";
    }

    @Mixin
    private TrustOptions trust;

    @Override
    public Integer call() {
        json.ifPresent(JsonReport::requireWritable);
        List<BenchNetwork> chosen = chosen();
        Map<String, PolicyBundle> loaded = load();
        try (PolicyBench bench = peers
                ? PolicyBench.besideTorch(TactusHome.path().resolve("policies").resolve("bench"), quick, System.out)
                : PolicyBench.alone(quick, System.out)) {
            chosen.forEach(bench::measure);
            loaded.forEach(bench::measure);
            Map<String, Object> report = bench.finish();
            json.ifPresent(file -> JsonReport.write(file, report));
            return bench.sameAsPeer() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
        }
    }

    private List<BenchNetwork> chosen() {
        List<BenchNetwork> all = List.of(BenchNetwork.values());
        for (String name : networks) {
            if (all.stream().noneMatch(network -> network.label().equals(name))) {
                throw new BadInputException("--network " + name + ": no such benchmark network; allowed is one of "
                        + String.join(
                                ", ", all.stream().map(BenchNetwork::label).toList()) + ".");
            }
        }
        return networks.isEmpty()
                ? all
                : all.stream()
                        .filter(network -> networks.contains(network.label()))
                        .toList();
    }

    private Map<String, PolicyBundle> load() {
        List<Path> folders = bundles.isEmpty()
                ? List.of(
                        TactusHome.path().resolve("policies").resolve("bundles").resolve(DEFAULT_BUNDLE))
                : bundles;
        Map<String, PolicyBundle> loaded = new LinkedHashMap<>();
        for (Path folder : folders) {
            PolicyBundle bundle = PolicyBundle.load(folder, trust.trust());
            if (loaded.put(bundle.spec().name(), bundle) != null) {
                throw new BadInputException(folder + ": a second bundle of the name '"
                        + bundle.spec().name() + "'; time them one after the other.");
            }
        }
        return loaded;
    }
}
