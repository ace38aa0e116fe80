package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A policy as a folder: {@code policy.yaml}, {@code model.onnx}, {@code golden.json} and {@code MANIFEST} with the
 * SHA-256 sum of each. Loading reads every file once, within a size limit, checks the sums of the very bytes that it
 * will use, and refuses anything missing, added, changed or cut short. Immutable.
 */
public final class PolicyBundle {
    /** File with the policy's description. */
    public static final String POLICY = "policy.yaml";

    /** File with the network. */
    public static final String MODEL = "model.onnx";

    /** File with recorded answers. */
    public static final String GOLDEN = "golden.json";

    /** File with the sums of the others. */
    public static final String MANIFEST = "MANIFEST";

    /** The files that every bundle has beside its manifest. */
    static final Set<String> OWN_FILES = Set.of(POLICY, MODEL, GOLDEN);

    static final String RECOPY = "Copy the bundle again from where it was made.";

    /** The most bytes that are read of each file; more is no such file. 2 GB is what an ONNX file can have. */
    private static final Map<String, Long> LIMITS =
            Map.of(POLICY, 1L << 20, MODEL, Integer.MAX_VALUE - 8L, GOLDEN, 64L << 20, MANIFEST, 1L << 16);

    private final Path folder;
    private final PolicySpec spec;
    private final byte[] model;
    private final Golden golden;
    private final String sha256;

    private PolicyBundle(Path folder, PolicySpec spec, byte[] model, Golden golden, String sha256) {
        this.folder = folder;
        this.spec = spec;
        this.model = model;
        this.golden = golden;
        this.sha256 = sha256;
    }

    /**
     * Reads and checks a bundle.
     *
     * @param folder the folder
     * @return the bundle
     * @throws BadInputException if anything is missing, added, changed, cut short or contradictory
     */
    public static PolicyBundle load(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(folder + ": is not a folder; a policy bundle is a folder with " + POLICY + ", "
                    + MODEL + ", " + GOLDEN + " and " + MANIFEST);
        }
        byte[] manifest = read(folder, MANIFEST);
        Map<String, String> sums = Manifest.parse(manifest, folder.resolve(MANIFEST));
        checkNames(folder, sums);
        byte[] yaml = verified(folder, POLICY, sums);
        byte[] model = verified(folder, MODEL, sums);
        byte[] golden = verified(folder, GOLDEN, sums);
        PolicySpec spec = PolicyYaml.parse(
                new String(yaml, StandardCharsets.UTF_8), folder.resolve(POLICY).toString());
        Golden answers = Golden.parse(golden, folder.resolve(GOLDEN).toString(), spec);
        return new PolicyBundle(folder, spec, model, answers, Manifest.sha256(manifest));
    }

    /**
     * Writes a bundle: whole under a temporary name beside the target, then by rename. An older bundle of that name is
     * kept until the new one is complete.
     *
     * @param folder the folder to make
     * @param spec the policy's description
     * @param model the network, bytes of an ONNX file
     * @param golden recorded answers
     * @throws BadInputException if the description contradicts itself, or the folder holds something else than a bundle
     * @throws MissingPartException if the disk does not take it
     */
    public static void write(Path folder, PolicySpec spec, byte[] model, Golden golden) {
        String yaml = PolicyYamlWriter.write(spec);
        PolicyYaml.parse(yaml, POLICY + " (to be written to " + folder + ")");
        golden.check(GOLDEN, spec);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(POLICY, yaml.getBytes(StandardCharsets.UTF_8));
        files.put(MODEL, model);
        files.put(GOLDEN, golden.json());
        files.put(MANIFEST, Manifest.of(files));
        try {
            BundleFolder.replace(folder, files);
        } catch (IOException e) {
            throw new MissingPartException(
                    "bundle " + folder + " cannot be written (" + e
                            + "); an older one there is whole. Free some space, or"
                            + " make the folder writable, and run the command again.",
                    e);
        }
    }

    /**
     * Refuses to go on if the policy was not made for this robot at this rate.
     *
     * @param robot the robot's name
     * @param joints the robot's joints in its own order
     * @param controlPeriodNs the period at which the policy would be asked, ns
     * @throws BadInputException that names the first thing that does not fit
     */
    public void requireFits(String robot, List<String> joints, long controlPeriodNs) {
        if (!spec.robot().equals(robot)) {
            throw misfit("robot '" + spec.robot() + "'", "the robot is '" + robot + "'");
        }
        for (String joint : spec.joints()) {
            if (!joints.contains(joint)) {
                throw misfit("joint '" + joint + "'", "the robot's joints are " + joints);
            }
        }
        if (!spec.joints().equals(joints)) {
            throw misfit("joints " + spec.joints(), "the robot's, in its order, are " + joints);
        }
        if (spec.controlPeriodNs() != controlPeriodNs) {
            throw misfit(
                    "a control period of " + spec.controlPeriodNs() / 1e6 + " ms",
                    "here it is " + controlPeriodNs / 1e6 + " ms");
        }
    }

    /**
     * The folder that it was loaded from.
     *
     * @return the folder
     */
    public Path folder() {
        return folder;
    }

    /**
     * What the policy sees and commands.
     *
     * @return the description
     */
    public PolicySpec spec() {
        return spec;
    }

    /**
     * The network, as it was when its sum was checked.
     *
     * @return bytes of an ONNX file; the array itself, not to be changed
     */
    public byte[] model() {
        return model;
    }

    /**
     * The recorded answers.
     *
     * @return the answers
     */
    public Golden golden() {
        return golden;
    }

    /**
     * The bundle's identity: the SHA-256 sum of its manifest, which changes with any byte of any file.
     *
     * @return 64 hexadecimal digits
     */
    public String sha256() {
        return sha256;
    }

    private BadInputException misfit(String wants, String but) {
        return new BadInputException(folder + ": policy '" + spec.name() + "' was trained for " + wants + ", but " + but
                + ". Choose a bundle that was made for this robot and task, or train one.");
    }

    private static void checkNames(Path folder, Map<String, String> sums) {
        TreeSet<String> expected = new TreeSet<>(List.of(POLICY, MODEL, GOLDEN));
        if (!expected.equals(sums.keySet())) {
            throw new BadInputException(folder.resolve(MANIFEST) + ": lists " + sums.keySet()
                    + "; a bundle has exactly " + expected + ". " + RECOPY);
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (!name.equals(MANIFEST) && !expected.contains(name)) {
                    throw new BadInputException(entry + ": does not belong to the bundle (its " + MANIFEST
                            + " does not list it). Move it elsewhere.");
                }
            }
        } catch (IOException e) {
            throw new BadInputException(folder + ": cannot be listed (" + e + "). Check its permissions.", e);
        }
    }

    private static byte[] verified(Path folder, String name, Map<String, String> sums) {
        byte[] bytes = read(folder, name);
        String found = Manifest.sha256(bytes);
        if (!found.equals(sums.get(name))) {
            throw new BadInputException(folder.resolve(name) + ": was changed or cut short: its " + bytes.length
                    + " bytes have the SHA-256 sum " + found + ", but " + MANIFEST + " says " + sums.get(name) + ". "
                    + RECOPY);
        }
        return bytes;
    }

    private static byte[] read(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BadInputException(folder + ": " + name + " is missing or not a plain file. " + RECOPY);
        }
        try {
            long size = Files.size(file);
            long limit = LIMITS.get(name);
            if (size > limit) {
                throw new BadInputException(
                        file + ": has " + size + " bytes; at most " + limit + " are allowed. " + RECOPY);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read (" + e + "). Check its permissions.", e);
        }
    }
}
