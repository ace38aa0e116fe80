/**
 * The commands that control brings to {@code ./tactus}: {@code robot check} compares a robot's description files. A
 * command parses arguments, calls the package that does the work, and prints; it holds no logic of its own. Uses the
 * rest of control; nothing uses it but the launcher, through {@code META-INF/services}.
 */
package dev.tactus.control.command;
