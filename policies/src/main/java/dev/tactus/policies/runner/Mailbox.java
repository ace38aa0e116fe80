package dev.tactus.policies.runner;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Hands an order from any thread to one other: a single slot, the newest order wins, nobody waits. Every order is either
 * taken exactly once or given back to the one that replaced it, so whoever holds one last can free what it owns.
 *
 * @param <T> what an order is; immutable, or safely published by its own means
 */
public final class Mailbox<T> {
    private final AtomicReference<T> slot = new AtomicReference<>();

    /** Makes an empty mailbox. */
    public Mailbox() {}

    /**
     * Leaves an order in place of one that was not taken yet. Any thread.
     *
     * @param order the order
     * @return the order that it replaced, which nobody will take any more; null if the slot was empty
     */
    public T put(T order) {
        return slot.getAndSet(order);
    }

    /**
     * Takes the order. Any thread; allocates nothing, and while the slot is empty costs a read.
     *
     * @return the order, or null if there is none
     */
    public T take() {
        return slot.get() == null ? null : slot.getAndSet(null);
    }
}
