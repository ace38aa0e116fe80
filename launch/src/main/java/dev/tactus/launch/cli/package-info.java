/**
 * The {@code ./tactus} program: finds the commands that the modules of this distribution bring, runs one, and turns what
 * happened into an exit code. It knows no module by name except the lowest, which holds the command interface.
 */
package dev.tactus.launch.cli;
