package dev.tactus.sim.mujoco;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Where a structure keeps the pointer to one of its arrays, and how long that array is.
 *
 * @param element type of an element
 * @param pointerOffset offset of the pointer in its structure, in bytes
 * @param rowsOffset offset in mjModel of the number of rows
 * @param columnsOffset offset in mjModel of a number that multiplies {@code columns}, or -1
 * @param columns elements of a row
 */
record ArrayField(Element element, long pointerOffset, long rowsOffset, long columnsOffset, int columns) {

    /** Types of elements. */
    enum Element {
        DOUBLE(ValueLayout.JAVA_DOUBLE),
        FLOAT(ValueLayout.JAVA_FLOAT),
        INT(ValueLayout.JAVA_INT),
        BYTE(ValueLayout.JAVA_BYTE);

        final ValueLayout layout;

        Element(ValueLayout layout) {
            this.layout = layout;
        }
    }

    /** Elements of the array in this model. */
    long length(MemorySegment model) {
        long wide = columnsOffset < 0 ? 1 : model.get(ValueLayout.JAVA_LONG, columnsOffset);
        return model.get(ValueLayout.JAVA_LONG, rowsOffset) * wide * columns;
    }

    /**
     * The array itself, bounded to its true length and bound to its owner's life. That it lies in its owner's buffer is
     * checked: a layout that does not fit the library would fail here and not somewhere in the physics.
     */
    MemorySegment view(MemorySegment owner, MemorySegment model, MemorySegment buffer, Arena life) {
        long bytes = length(model) * element.layout.byteSize();
        long address = owner.get(ValueLayout.JAVA_LONG, pointerOffset);
        if (bytes == 0) {
            return MemorySegment.NULL;
        }
        if (bytes < 0 || address < buffer.address() || address + bytes > buffer.address() + buffer.byteSize()) {
            throw new IllegalStateException(
                    "the field at byte " + pointerOffset + " points outside MuJoCo's buffer: the"
                            + " loaded library does not have the layout of " + MujocoLibrary.VERSION
                            + " (sim-bridge/tools/generate_layout.sh writes it)");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes, life, null);
    }
}
