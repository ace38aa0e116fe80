package dev.tactus.policies.scheme;

import dev.tactus.policies.command.BadInputException;

/** What a user may say about a scheme, a record of each scheme's own; whatever is left empty comes from the bundle. */
public sealed interface SchemeOptions
        permits RecedingHorizon.Options,
                RealTimeIteration.Options,
                RealTimeChunking.Options,
                TrainedChunking.Options,
                TemporalEnsembling.Options,
                BidirectionalDecoding.Options {

    /**
     * The scheme's name.
     *
     * @return one of {@link Schemes#names}
     */
    String name();

    /**
     * What {@link #named} reads to give the same: the name, and the settings that are not the standard ones.
     *
     * @return the text
     */
    String text();

    /**
     * The same with another number of ticks between two inferences.
     *
     * @param ticks Ta of receding horizon and of bidirectional decoding, s_min of both real-time chunkings
     * @return the options
     * @throws BadInputException if the scheme infers at every tick
     */
    SchemeOptions withActionSteps(int ticks);

    /**
     * A scheme as one writes it on a command line: its name, {@code rtc}, or its name and settings, {@code
     * rtc:beta=8,mask=linear}; lists have slashes, {@code rti:steps=5/3/1/0}. What is not said is as the method's authors
     * and the bundle have it.
     *
     * @param text the text
     * @return the options
     * @throws BadInputException if the name or a setting is unknown, or a value is none; values out of range are refused
     *     where a scheme is made of the options
     */
    static SchemeOptions named(String text) {
        return Schemes.read(new Settings(text));
    }
}
