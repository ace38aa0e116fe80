package dev.tactus.policies.bundle;

import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a bundle in a tar (POSIX.1-1988 ustar, with the pax headers that writers add for time stamps). Only plain
 * files directly in the archive, or all in one folder of it, are taken; nothing is unpacked to disk, and no claim of a
 * header is believed before the archive is seen to hold that many bytes.
 */
final class TarFile implements BundleSource {
    private static final int BLOCK = 512;
    private static final int MAX_FILES = 64;
    private static final int MAX_PAX = 1 << 16;
    private static final String REMAKE = "Make it again: tar -cf BUNDLE.tar -C BUNDLE .";

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private Optional<String> folder = Optional.empty();

    /** Where a file's bytes are. */
    private record Entry(long offset, long size) {}

    private TarFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static TarFile open(Path path) {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            TarFile tar = new TarFile(path, channel);
            try {
                tar.index();
                return tar;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BadInputException(path + ": cannot be read (" + e + "). Check its permissions.", e);
        }
    }

    @Override
    public Set<String> names() {
        return entries.keySet();
    }

    @Override
    public String called(String name) {
        return path + "(" + name + ")";
    }

    @Override
    public byte[] read(String name, long limit) {
        Entry entry = entries.get(name);
        BundleSource.requireSize(called(name), entry.size(), limit);
        try {
            return read(entry.offset(), (int) entry.size());
        } catch (IOException e) {
            throw new BadInputException(called(name) + ": cannot be read (" + e + "). Check the disk.", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new BadInputException(path + ": cannot be closed (" + e + ")", e);
        }
    }

    private void index() throws IOException {
        long size = channel.size();
        long at = 0;
        while (true) {
            byte[] header = block(at, size);
            if (at == 0) {
                requireTar(header);
            }
            if (isZero(header)) {
                requireZero(at, size);
                return;
            }
            requireChecksum(header, at);
            long bytes = number(header, 124, 12, "size");
            long data = at + BLOCK;
            if (bytes > size - data) {
                throw bad("the entry at byte " + at + " claims " + bytes + " bytes, and " + Math.max(0, size - data)
                        + " follow: cut short, or a false claim");
            }
            take(header, data, bytes);
            long padded = (bytes + BLOCK - 1) / BLOCK * BLOCK;
            requireZero(data + bytes, Math.min(size, data + padded));
            at = data + padded;
        }
    }

    private void take(byte[] header, long data, long bytes) throws IOException {
        String name = name(header);
        char type = (char) header[156];
        switch (type) {
            case '0', '\0' -> add(name, data, bytes);
            case '5' -> enter(name, bytes);
            case 'x', 'g' -> requireHarmless(name, data, bytes);
            case '1', '2' -> throw bad("'" + name + "' is a link; a bundle has plain files only");
            case 'L', 'K' ->
                throw bad("it has a name of more than 100 characters; no file of a bundle is named so long");
            default -> throw bad("'" + name + "' is of type '" + type + "'; a bundle has plain files only");
        }
    }

    private void add(String name, long data, long bytes) {
        String relative = name.startsWith("./") ? name.substring(2) : name;
        int slash = relative.indexOf('/');
        String top = slash < 0 ? "" : relative.substring(0, slash);
        relative = relative.substring(slash + 1);
        if (!relative.matches(Manifest.NAME) || slash >= 0 && !top.matches(Manifest.NAME)) {
            throw bad("'" + name + "' is no name for a file of a bundle: it must lie directly in the archive or in one"
                    + " folder of it, and no name leads outside");
        }
        sameFolder(name, top);
        if (entries.put(relative, new Entry(data, bytes)) != null) {
            throw bad("'" + name + "' stands twice");
        }
        if (entries.size() > MAX_FILES) {
            throw bad("it has more than " + MAX_FILES + " files; a bundle has a handful");
        }
    }

    private void enter(String name, long bytes) {
        String relative = name.startsWith("./") ? name.substring(2) : name;
        relative = relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
        boolean top = relative.isEmpty() || relative.equals(".");
        if (bytes != 0 || !top && !relative.matches(Manifest.NAME)) {
            throw bad("'" + name + "' is no folder of a bundle; one folder at most, at the top");
        }
        if (!top) {
            sameFolder(name, relative);
        }
    }

    private void sameFolder(String name, String top) {
        if (folder.isPresent() && !folder.get().equals(top)) {
            throw bad("'" + name + "' lies elsewhere than the files before it; a bundle is one folder");
        }
        folder = Optional.of(top);
    }

    /** Pax headers may say when a file was made; they may not rename or resize anything. */
    private void requireHarmless(String name, long data, long bytes) throws IOException {
        if (bytes > MAX_PAX) {
            throw bad("a pax header of " + bytes + " bytes; at most " + MAX_PAX + " are read");
        }
        String records = new String(read(data, (int) bytes), StandardCharsets.UTF_8);
        for (String record : records.split("\n")) {
            String key = record.replaceFirst("^\\d+ ", "").replaceFirst("=.*", "");
            if (!key.isEmpty()
                    && !Set.of("mtime", "atime", "ctime", "comment", "uid", "gid", "uname", "gname")
                            .contains(key)) {
                throw bad("the pax header '" + name + "' sets " + key + ", which a bundle's files do not need");
            }
        }
    }

    private String name(byte[] header) {
        String name = text(header, 0, 100);
        String prefix = text(header, 257, 5).equals("ustar") && header[262] == 0 ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private long number(byte[] header, int from, int length, String what) {
        String digits = text(header, from, length).trim();
        if (!digits.matches("[0-7]{1,11}")) {
            throw bad("a header's " + what + " is not an octal number of 11 digits at most (8 GB)");
        }
        return Long.parseLong(digits, 8);
    }

    private void requireChecksum(byte[] header, long at) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
        }
        if (number(header, 148, 8, "checksum") != sum) {
            throw bad("the header at byte " + at + " does not have the sum that it states: damaged");
        }
    }

    private void requireTar(byte[] header) {
        boolean compressed = (header[0] & 0xFF) == 0x1F && (header[1] & 0xFF) == 0x8B
                || header[0] == 'P' && header[1] == 'K'
                || header[0] == 'B' && header[1] == 'Z' && header[2] == 'h'
                || (header[0] & 0xFF) == 0xFD && header[1] == '7'
                || header[0] == 0x28 && (header[1] & 0xFF) == 0xB5;
        if (compressed) {
            throw new BadInputException(path + ": is compressed; how large it becomes cannot be known before it is"
                    + " unpacked, so only a plain tar is taken. Unpack it first (for example with gunzip).");
        }
    }

    private byte[] block(long at, long size) throws IOException {
        if (size - at < BLOCK) {
            throw bad(at == 0 ? "it is no tar" : "it ends at byte " + size + " without an end mark: cut short");
        }
        return read(at, BLOCK);
    }

    private void requireZero(long from, long to) throws IOException {
        for (long at = from; at < to; at += BLOCK) {
            if (!isZero(read(at, (int) Math.min(BLOCK, to - at)))) {
                throw bad(
                        "there is something at byte " + at + " where a tar has zeros: damaged, or more than a bundle");
            }
        }
    }

    private byte[] read(long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw bad("it became shorter while it was read");
            }
        }
        return buffer.array();
    }

    private static boolean isZero(byte[] block) {
        return Arrays.equals(block, new byte[block.length]);
    }

    private BadInputException bad(String problem) {
        return new BadInputException(path + ": " + problem + ". " + REMAKE);
    }
}
