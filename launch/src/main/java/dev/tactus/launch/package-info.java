/**
 * How Tactus starts: the command line. It assembles a distribution from whatever modules are on the class path and knows
 * none of them by name but the lowest.
 */
package dev.tactus.launch;
