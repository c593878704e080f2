package org.junitnomos.deploy.external;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.junitnomos.deploy.diagnosis.Colors;
import org.junitnomos.time.VisibleText;

/**
 * Finds in what one life of a node writes what only that tells. Of lines that differ in numbers alone the first counts.
 * Thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class TroubleFinder {
    /** A line without an end would fill the memory. */
    private static final int LONGEST_LINE = 1 << 20;

    private static final int MOST_TROUBLES = 20;

    /** Rust says where on one line, and why on the next. */
    private static final Pattern HEAD_OF_A_PANIC = Pattern.compile("thread '.*' .*panicked at \\S+:");

    private final Function<String, Optional<String>> finder;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Set<String> kinds = new TreeSet<>();
    private final List<String> troubles = new ArrayList<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private String head = "";

    /**
     * Begins with nothing found.
     *
     * @param finder says what a line without colors tells of, or both lines of a panic of Rust, with a blank between
     *     them; one line, or empty
     */
    public TroubleFinder(Function<String, Optional<String>> finder) {
        this.finder = finder;
    }

    /**
     * Takes what was written next, and tells the listeners.
     *
     * @param bytes has it at its beginning
     * @param count how many bytes of it
     */
    public void take(byte[] bytes, int count) {
        var found = new ArrayList<String>();
        List<Consumer<String>> hearers;
        synchronized (this) {
            read(bytes, count, found);
            hearers = List.copyOf(listeners);
        }
        found.forEach(trouble -> hearers.forEach(hearer -> hearer.accept(trouble)));
    }

    private void read(byte[] bytes, int count, List<String> found) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != '\n') {
                if (line.size() < LONGEST_LINE) {
                    line.write(bytes[i]);
                }
                continue;
            }
            String text = Colors.strip(line.toString(StandardCharsets.UTF_8)).stripTrailing();
            line.reset();
            if (head.isEmpty() && HEAD_OF_A_PANIC.matcher(text).matches()) {
                head = text + " ";
                continue;
            }
            text = head + text;
            head = "";
            finder.apply(text)
                    .map(VisibleText::ofLine)
                    .filter(trouble -> troubles.size() < MOST_TROUBLES && kinds.add(trouble.replaceAll("[0-9]+", "0")))
                    .ifPresent(trouble -> {
                        troubles.add(trouble);
                        found.add(trouble);
                    });
        }
    }

    /** {@return the first trouble} */
    public synchronized Optional<String> trouble() {
        return troubles.isEmpty() ? Optional.empty() : Optional.of(troubles.get(0));
    }

    /** Lets somebody hear of every trouble, those that are known first. */
    public void onTrouble(Consumer<String> listener) {
        List<String> known;
        synchronized (this) {
            known = List.copyOf(troubles);
            listeners.add(listener);
        }
        known.forEach(listener);
    }
}
