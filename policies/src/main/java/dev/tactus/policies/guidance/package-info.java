/**
 * Guidance: denoisers that wrap a denoiser and bend its estimate, so that every sampler and every execution scheme works
 * with every guidance, and guidance with guidance. Arrows: to denoiser and schedule.
 */
package dev.tactus.policies.guidance;
