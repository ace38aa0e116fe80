package dev.tactus.policies.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFolderTest {

    @Test
    void theNamedBaseWinsThenHomeAsTheShellHasIt() {
        assertEquals(
                Path.of("/c/tactus"), UserFolder.CONFIG.path(Map.of("XDG_CONFIG_HOME", "/c", "HOME", "/home/someone")));
        assertEquals(Path.of("/home/someone/.config/tactus"), UserFolder.CONFIG.path(Map.of("HOME", "/home/someone")));
        assertEquals(
                Path.of("/home/someone/.cache/tactus"),
                UserFolder.CACHE.path(Map.of("XDG_CONFIG_HOME", "/c", "XDG_CACHE_HOME", "", "HOME", "/home/someone")));
        assertEquals(
                Path.of("/home/someone/.cache/tactus"),
                UserFolder.CACHE.path(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/home/someone")));
        assertEquals(Path.of(System.getProperty("user.home"), ".cache", "tactus"), UserFolder.CACHE.path(Map.of()));
    }
}
