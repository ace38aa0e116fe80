/**
 * The {@code ./tactus policy} commands: look into a bundle, check it. They print for people and, with {@code --json},
 * write one object for programs.
 */
package dev.tactus.policies.cli;
