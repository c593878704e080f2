package org.junitnomos.journal;

/** What a timeline tells of one contradiction. */
record SpanOfContradiction(long from, long to, String about, String expected, String observed, long times)
        implements NodeTimeline.ContradictionSpan {
    /** The same with another end; what began it stays, being nearest to the cause. */
    SpanOfContradiction until(long newEnd, long newTimes) {
        return new SpanOfContradiction(from, newEnd, about, expected, observed, newTimes);
    }
}
