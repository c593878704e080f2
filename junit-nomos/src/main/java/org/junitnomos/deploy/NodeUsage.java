package org.junitnomos.deploy;

import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What a running node takes of its machine, with all that it started; a number that nobody can tell is -1.
 *
 * @param processor time of processors since its life began
 * @param memory resident memory, in bytes
 * @param files number of open files, sockets included
 * @param threads number of threads
 * @param disk size of the files in its directory, in bytes
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record NodeUsage(Duration processor, long memory, long files, long threads, long disk) {
    public NodeUsage {
        Objects.requireNonNull(processor, "processor");
    }
}
