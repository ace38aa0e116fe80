/**
 * How a module brings commands to the {@code ./tactus} program. A module implements {@link
 * dev.tactus.policies.command.TactusCommand} or {@link dev.tactus.policies.command.DoctorCheck}, names it under {@code
 * META-INF/services}, and whoever assembles a distribution finds it. Errors that a user can mend are exceptions with an
 * exit code; reports that a machine reads are JSON.
 */
package dev.tactus.policies.command;
