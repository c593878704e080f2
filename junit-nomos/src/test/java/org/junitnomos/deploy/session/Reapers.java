package org.junitnomos.deploy.session;

import java.util.Arrays;
import java.util.List;

/** Finds the reapers that run. */
final class Reapers {

    private Reapers() {}

    static List<ProcessHandle> of(String session) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> Arrays.asList(arguments).contains(session)
                                && Arrays.asList(arguments).contains(Reaper.class.getName()))
                        .orElse(false))
                .toList();
    }
}
