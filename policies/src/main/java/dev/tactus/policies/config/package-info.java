/**
 * Configuration read from YAML without a silent default: {@link dev.tactus.policies.config.ConfigMap} hands out typed
 * values, and every mistake (unknown key, missing key, wrong type, wrong unit) is a {@link
 * dev.tactus.policies.command.BadInputException} that names file, line, key, what was found and what is allowed.
 */
package dev.tactus.policies.config;
