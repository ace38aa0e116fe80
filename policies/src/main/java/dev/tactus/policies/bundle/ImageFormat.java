package dev.tactus.policies.bundle;

/**
 * How a picture enters the network.
 *
 * @param width columns, pixels
 * @param height rows, pixels
 * @param colours order of the colour planes
 */
public record ImageFormat(int width, int height, ColourOrder colours) {

    /** Order of the colour planes of a picture. */
    public enum ColourOrder {
        /** Red, green, blue. */
        RGB,
        /** Blue, green, red. */
        BGR,
        /** One plane of grey. */
        GREY
    }
}
