package dev.tactus.control.model;

/**
 * All points within a radius of a line segment that moves with a link. The arrays are shared: read them only.
 *
 * @param name the capsule's name
 * @param link the URDF's link that it moves with
 * @param from m, where the segment begins, in the link's frame: x, y, z
 * @param to m, where it ends; the same as {@code from} makes a sphere
 * @param radius m, positive
 */
public record Capsule(String name, String link, double[] from, double[] to, double radius) {

    /**
     * Makes the capsule.
     *
     * @param name the capsule's name
     * @param link the URDF's link that it moves with
     * @param from m, where the segment begins, copied
     * @param to m, where it ends, copied
     * @param radius m, positive
     */
    public Capsule {
        from = from.clone();
        to = to.clone();
    }
}
