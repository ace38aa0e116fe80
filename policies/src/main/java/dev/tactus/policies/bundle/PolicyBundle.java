package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A policy as a folder, or a tar of one: {@code policy.yaml}, {@code model.onnx}, {@code golden.json}, the files that
 * {@code policy.yaml} names beside them (external weights, initial states), {@code MANIFEST} with the SHA-256 sum of
 * each, and {@code SIGNATURE} over the manifest. Loading reads every file once, within a size limit, checks the sums of
 * the very bytes that it will use, and refuses anything missing, added, changed or cut short. Immutable.
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

    /** File with the signature of the manifest; absent from an unsigned bundle. */
    public static final String SIGNATURE = "SIGNATURE";

    /** The files that every bundle has beside its manifest. */
    static final Set<String> OWN_FILES = Set.of(POLICY, MODEL, GOLDEN);

    static final String RECOPY = "Copy the bundle again from where it was made.";

    /** The most bytes that are read of each file; more is no such file. */
    private static final Map<String, Long> LIMITS =
            Map.of(POLICY, 1L << 20, GOLDEN, 64L << 20, MANIFEST, 1L << 16, SIGNATURE, 1L << 10);

    /** The most bytes of a network or of weights beside it: what a Java array holds. */
    private static final long GREATEST = Integer.MAX_VALUE - 8L;

    private final Path path;
    private final PolicySpec spec;
    private final Map<String, byte[]> files;
    private final Golden golden;
    private final String sha256;
    private final Trust.Origin origin;

    private PolicyBundle(
            Path path, PolicySpec spec, Map<String, byte[]> files, Golden golden, String sha256, Trust.Origin origin) {
        this.path = path;
        this.spec = spec;
        this.files = files;
        this.golden = golden;
        this.sha256 = sha256;
        this.origin = origin;
    }

    /**
     * Reads and checks a bundle. Nothing of it but its manifest is looked at before the signature is known to be good.
     *
     * @param path a folder, or a tar of one
     * @param trust whose bundles are taken
     * @return the bundle
     * @throws BadInputException if nobody who is trusted has signed it, or anything is missing, added, changed, cut
     *     short or contradictory
     */
    public static PolicyBundle load(Path path, Trust trust) {
        try (BundleSource source = BundleSource.open(path)) {
            byte[] manifest = read(source, path, MANIFEST);
            Optional<BundleSignature> signature = signature(source, path, manifest);
            Trust.Origin origin = trust.check(path, signature);
            return assemble(source, path, manifest, origin);
        }
    }

    private static PolicyBundle assemble(BundleSource source, Path path, byte[] manifest, Trust.Origin origin) {
        Map<String, String> sums = Manifest.parse(manifest, source.called(MANIFEST));
        checkNames(source, path, sums);
        byte[] yaml = verified(source, path, POLICY, sums);
        PolicySpec spec = PolicyYaml.parse(new String(yaml, StandardCharsets.UTF_8), source.called(POLICY));
        checkFiles(source, spec, sums);
        Golden golden = Golden.parse(verified(source, path, GOLDEN, sums), source.called(GOLDEN), spec);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(MODEL, verified(source, path, MODEL, sums));
        for (String name : spec.network().files()) {
            files.put(name, verified(source, path, name, sums));
        }
        NetworkYaml.checkStates(spec.network(), files, source::called);
        return new PolicyBundle(path, spec, files, golden, Manifest.sha256(manifest), origin);
    }

    /**
     * Writes a bundle whose network holds its weights itself.
     *
     * @param folder the folder to make
     * @param spec the policy's description
     * @param model the network, bytes of an ONNX file
     * @param golden recorded answers
     * @throws BadInputException if the description contradicts itself, or the folder holds something else than a bundle
     * @throws MissingPartException if the disk does not take it
     */
    public static void write(Path folder, PolicySpec spec, byte[] model, Golden golden) {
        write(folder, spec, model, Map.of(), golden);
    }

    /**
     * Writes a bundle: whole under a temporary name beside the target, then by rename. An older bundle of that name is
     * kept until the new one is complete. The new one is not signed.
     *
     * @param folder the folder to make
     * @param spec the policy's description
     * @param model the network, bytes of an ONNX file
     * @param beside name to bytes of the files that the description names beside the model
     * @param golden recorded answers
     * @throws BadInputException if the description contradicts itself, or the folder holds something else than a bundle
     * @throws MissingPartException if the disk does not take it
     */
    public static void write(Path folder, PolicySpec spec, byte[] model, Map<String, byte[]> beside, Golden golden) {
        String yaml = PolicyYamlWriter.write(spec);
        PolicyYaml.parse(yaml, POLICY + " (to be written to " + folder + ")");
        golden.check(GOLDEN, spec);
        if (!Set.copyOf(spec.network().files()).equals(beside.keySet())) {
            throw new BadInputException(folder + ": the files beside the model are " + beside.keySet() + ", but the"
                    + " policy's description names " + spec.network().files() + ". Give the same.");
        }
        NetworkYaml.checkStates(spec.network(), beside, name -> name);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(POLICY, yaml.getBytes(StandardCharsets.UTF_8));
        files.put(MODEL, model);
        files.put(GOLDEN, golden.json());
        files.putAll(beside);
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
     * Signs a bundle: writes {@code SIGNATURE} into its folder, in place of an older one.
     *
     * @param folder the bundle's folder
     * @param key file with the private key
     * @return the fingerprint of the key
     * @throws BadInputException if the bundle is not whole, is a tar, or the key is no Ed25519 key
     * @throws MissingPartException if the disk does not take it
     */
    public static String sign(Path folder, Path key) {
        if (Files.isRegularFile(folder)) {
            throw new BadInputException(folder + ": is a file; a bundle is signed as a folder, and made a tar then"
                    + " (tar -cf BUNDLE.tar -C BUNDLE .)");
        }
        PrivateKey privateKey = KeyStore.privateKey(key);
        try (BundleSource source = BundleSource.open(folder)) {
            byte[] manifest = read(source, folder, MANIFEST);
            assemble(source, folder, manifest, new Trust.Origin(Trust.Voucher.NOBODY, ""));
            BundleSignature signature = BundleSignature.of(manifest, privateKey, Ed25519.publicOf(privateKey));
            BundleFolder.put(folder.resolve(SIGNATURE), signature.bytes());
            return signature.fingerprint();
        } catch (IOException e) {
            throw new MissingPartException(
                    folder + ": the signature cannot be written (" + e + "). Make the folder writable.", e);
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
     * The folder or tar that it was loaded from.
     *
     * @return its path
     */
    public Path path() {
        return path;
    }

    /**
     * Who vouches for it.
     *
     * @return who, and with which key
     */
    public Trust.Origin origin() {
        return origin;
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
        return files.get(MODEL);
    }

    /**
     * The files that {@code policy.yaml} names beside the model, as they were when their sums were checked: external
     * weights and initial states.
     *
     * @return name to bytes; the arrays themselves, not to be changed
     */
    public Map<String, byte[]> filesBeside() {
        Map<String, byte[]> beside = new LinkedHashMap<>(files);
        beside.remove(MODEL);
        return beside;
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
        return new BadInputException(path + ": policy '" + spec.name() + "' was trained for " + wants + ", but " + but
                + ". Choose a bundle that was made for this robot and task, or train one.");
    }

    private static Optional<BundleSignature> signature(BundleSource source, Path path, byte[] manifest) {
        if (!source.names().contains(SIGNATURE)) {
            return Optional.empty();
        }
        BundleSignature signature = BundleSignature.parse(read(source, path, SIGNATURE), source.called(SIGNATURE));
        signature.requireSigns(manifest, source.called(SIGNATURE));
        return Optional.of(signature);
    }

    private static void checkNames(BundleSource source, Path path, Map<String, String> sums) {
        if (!sums.keySet().containsAll(OWN_FILES)) {
            throw new BadInputException(source.called(MANIFEST) + ": lists " + sums.keySet() + "; a bundle has "
                    + new TreeSet<>(OWN_FILES) + ". " + RECOPY);
        }
        for (String name : source.names()) {
            if (!name.equals(MANIFEST) && !name.equals(SIGNATURE) && !sums.containsKey(name)) {
                throw new BadInputException(source.called(name) + ": does not belong to the bundle (its " + MANIFEST
                        + " does not list it). Move it elsewhere.");
            }
        }
    }

    private static void checkFiles(BundleSource source, PolicySpec spec, Map<String, String> sums) {
        Set<String> expected = new TreeSet<>(OWN_FILES);
        expected.addAll(spec.network().files());
        if (!expected.equals(sums.keySet())) {
            throw new BadInputException(source.called(MANIFEST) + ": lists " + sums.keySet() + "; this policy, as "
                    + POLICY + " (network) has it, has exactly " + expected + ". " + RECOPY);
        }
    }

    private static byte[] verified(BundleSource source, Path path, String name, Map<String, String> sums) {
        byte[] bytes = read(source, path, name);
        String found = Manifest.sha256(bytes);
        if (!found.equals(sums.get(name))) {
            throw new BadInputException(source.called(name) + ": was changed or cut short: its " + bytes.length
                    + " bytes have the SHA-256 sum " + found + ", but " + MANIFEST + " says " + sums.get(name) + ". "
                    + RECOPY);
        }
        return bytes;
    }

    private static byte[] read(BundleSource source, Path path, String name) {
        if (!source.names().contains(name)) {
            throw new BadInputException(path + ": " + name + " is missing. " + RECOPY);
        }
        return source.read(name, LIMITS.getOrDefault(name, GREATEST));
    }
}
