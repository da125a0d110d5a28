/**
 * Benchmarks of the soft token beside raw engines and SunPKCS11 over SoftHSM: {@code tests/bench} runs them,
 * docs/performance.md says how to read them.
 */
@org.jspecify.annotations.NullMarked
package org.symbolon.tests.bench;
