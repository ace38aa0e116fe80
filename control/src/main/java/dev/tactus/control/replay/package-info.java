/**
 * Recorded control cycles and the driver that plays them: {@link dev.tactus.control.replay.RecordedLog} is what can be
 * asked of a recording, {@link dev.tactus.control.replay.BinaryLog} the one format so far, and
 * {@link dev.tactus.control.replay.ReplayHardware} a robot that does again what was measured, whatever it is told, and
 * says how far commands now are from commands then. Uses {@code hardware}, {@code model} and the clock of {@code loop}.
 */
package dev.tactus.control.replay;
