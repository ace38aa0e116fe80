package dev.tactus.control.model;

/**
 * Where the origin of a robot's tool frame may be, in its base link. The arrays are shared: read them only.
 *
 * @param min m, least x, y, z
 * @param max m, greatest x, y, z, each greater than the least
 */
public record WorkspaceBox(double[] min, double[] max) {

    /**
     * Makes the box.
     *
     * @param min m, least x, y, z, copied
     * @param max m, greatest x, y, z, copied
     */
    public WorkspaceBox {
        min = min.clone();
        max = max.clone();
    }
}
