/**
 * What a robot does. {@code model} knows a robot's figures and geometry, {@code kinematics} computes with them, {@code
 * hardware} is what crosses to a robot and back, {@code controller}, {@code safety} and {@code loop} move it, {@code
 * replay} has recordings of that, {@code process} makes processes of it, {@code description} holds a robot's files against
 * each other, {@code command} has this module's commands. Control uses policies and knows no simulator; nothing in
 * policies uses control.
 */
package dev.tactus.control;
