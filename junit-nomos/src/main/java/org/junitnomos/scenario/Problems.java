package org.junitnomos.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;

/** Collect everything that is wrong with a plan, so that all of it is reported at once. Not thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Problems {
    private final List<String> texts = new ArrayList<>();

    /**
     * Add a problem.
     *
     * @param element what it is about, for example {@code "@Transactions.rate"}
     * @param value the bad value; printed as it is
     * @param expected what was expected, for example {@code "at least 1 transaction per block"}
     * @param fix what to do about it, a sentence without the full stop
     */
    public void add(String element, Object value, String expected, String fix) {
        Objects.requireNonNull(element, "element");
        texts.add(element + " is " + value + ", expected " + expected + ". " + fix + ".");
    }

    /**
     * Return what was added.
     *
     * @return one text a problem, in the order they were found
     */
    public List<String> texts() {
        return List.copyOf(texts);
    }
}
