package de.stadtkern.operation;

import de.stadtkern.installation.DiskSpace;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import jakarta.annotation.PreDestroy;
import org.springframework.stereotype.Component;

/// Figures of the JVM, the machine and its disk. Bound when somebody asks for the first time: a start has no use for
/// them and they load some hundred classes.
@Component
class ProcessMeters {

    private final MeterRegistry registry;
    private final DiskSpace disk;
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private boolean bound;

    ProcessMeters(MeterRegistry registry, DiskSpace disk) {
        this.registry = registry;
        this.disk = disk;
    }

    synchronized void bindOnce() {
        if (bound) {
            return;
        }
        bound = true;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
        Gauge.builder("stadtkern.disk.free", disk, DiskSpace::bytesFree)
                .description("Room left on the disk of the data folder")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("stadtkern.disk.total", disk, DiskSpace::bytesTotal)
                .description("Size of the disk of the data folder")
                .baseUnit("bytes")
                .register(registry);
    }

    @PreDestroy
    void close() {
        collector.close();
    }
}
