/**
 * jcstress tests of what crosses between processes: seqlock records and latched words, here between the threads of one
 * process, which is the same to a memory model. In the package of what they test, because records are made by port files.
 */
package dev.tactus.control.process;
