package org.symbolon.soft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines are compared wherever the JVM runs. */
class EngineTrialTest {
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void fastest_whereTheJvmMeasuresNoCpuTime_comesToAnEnd() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        boolean before = threads.isThreadCpuTimeEnabled();
        threads.setThreadCpuTimeEnabled(false);
        try {
            assertThat(new EngineTrial("AES", "128", EngineChoice.AUTO).fastest())
                    .isPresent();
        } finally {
            threads.setThreadCpuTimeEnabled(before);
        }
    }
}
