package dev.tactus.policies.cli;

import dev.tactus.policies.scheme.Schemes;
import java.util.Iterator;

/** Lets help name the schemes that there are. */
final class SchemeNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Schemes.names().iterator();
    }
}
