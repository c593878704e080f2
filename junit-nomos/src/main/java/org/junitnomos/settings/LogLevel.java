package org.junitnomos.settings;

import org.apiguardian.api.API;

/** How much nodes write to their logs, in ascending order of importance. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum LogLevel {
    /** Everything; of dev nodes as much as {@link #DEBUG}. */
    TRACE,
    /** What helps to find a fault of a node. */
    DEBUG,
    /** What happens in the usual course of things; the default. */
    INFO,
    /** What is unusual. */
    WARN,
    /** What went wrong. */
    ERROR
}
