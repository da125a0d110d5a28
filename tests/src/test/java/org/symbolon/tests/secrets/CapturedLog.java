package org.symbolon.tests.secrets;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Everything that is logged, at every level, with messages, arguments, context and causes, until it is closed. */
final class CapturedLog implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final List<Appender<ILoggingEvent>> silenced = new ArrayList<>();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Capture capture = new Capture();

    CapturedLog() {
        for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
            silenced.add(all.next());
        }
        silenced.forEach(root::detachAppender);
        capture.start((LoggerContext) LoggerFactory.getILoggerFactory());
        root.addAppender(capture);
        root.setLevel(Level.TRACE);
    }

    String text() {
        return String.join("", lines);
    }

    @Override
    public void close() {
        root.setLevel(before);
        root.detachAppender(capture);
        silenced.forEach(root::addAppender);
    }

    private final class Capture extends AppenderBase<ILoggingEvent> {
        private final PatternLayout layout = new PatternLayout();

        void start(LoggerContext context) {
            layout.setContext(context);
            layout.setPattern("%level %logger %mdc %msg %kvp%n%xEx{full}");
            layout.start();
            start();
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(layout.doLayout(event));
        }
    }
}
