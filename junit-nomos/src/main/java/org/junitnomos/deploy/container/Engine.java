package org.junitnomos.deploy.container;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.engine.EngineAddress;
import org.junitnomos.deploy.engine.EngineFacts;
import org.junitnomos.deploy.engine.EngineHttp;
import org.junitnomos.deploy.engine.EngineUnreachableException;

/**
 * Whether there is an engine that containers of this backend can run on, within seconds and without a class of
 * Testcontainers.
 *
 * @param requirement met, or what is missing and how to get it
 * @param address where the engine listens; null if there is none
 * @param facts what it says of itself; null if there is none, or it can be asked by a library only
 */
@API(status = INTERNAL, since = "0.1")
public record Engine(
        Requirement requirement,
        @Nullable EngineAddress address,
        @Nullable EngineFacts facts) {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int API_MAJOR = 1;
    private static final int API_MINOR = 40;
    private static final String LIBRARY = "org.testcontainers.DockerClientFactory";
    private static final String START =
            "Start Docker (to get it on Debian or Ubuntu: apt-get install docker.io iptables),"
                    + " or set DOCKER_HOST to an engine elsewhere";

    /**
     * Looks for the engine of this user: {@code docker.host} of {@code ~/.testcontainers.properties},
     * {@code DOCKER_HOST}, the default socket, that of a rootless engine, those of Docker Desktop. Blocks up to 6 s for
     * each of them that accepts a connection and then is mute, otherwise a few milliseconds.
     */
    public static Engine find() {
        return find(EngineSearch.here(), LIMIT);
    }

    static Engine find(EngineSearch search, Duration limit) {
        EngineSearch.Found found;
        try {
            found = search.find();
        } catch (IllegalArgumentException e) {
            return missing(e.getMessage() + ".");
        }
        var problems = new ArrayList<String>();
        for (var address : found.addresses()) {
            if (address.isPipe()) {
                return new Engine(Requirement.met(), address, null); // a library asks it
            }
            try {
                if (!address.isDirect()) {
                    new EngineHttp(address).knock(limit);
                    return new Engine(Requirement.met(), address, null);
                }
                return judge(address, EngineFacts.ask(address, limit));
            } catch (EngineUnreachableException e) {
                problems.add(problem(e));
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
        }
        String by = found.chosenBy() == null ? "" : " (" + found.chosenBy() + ")";
        return missing("No Docker engine answers: " + String.join("; ", problems) + by + ". " + START + ".");
    }

    private static String problem(EngineUnreachableException failure) {
        if (failure.reason() == EngineUnreachableException.Reason.FORBIDDEN) {
            return failure.getMessage() + ": make the user a member of the socket's group (usually 'docker') and log in"
                    + " again";
        }
        return String.valueOf(failure.getMessage());
    }

    private static Engine judge(EngineAddress address, EngineFacts facts) {
        if (!facts.hasApi(API_MAJOR, API_MINOR)) {
            return missing("The engine at " + address + " is too old: version " + facts.version() + " has API "
                    + facts.apiVersion() + ", expected at least " + API_MAJOR + "." + API_MINOR
                    + " (Docker 19.03). Update it, or set DOCKER_HOST.");
        }
        if (facts.system().equals("windows")) {
            return missing("The engine at " + address + " runs Windows containers, but nodes are Linux programs. Switch"
                    + " it to Linux containers, or set DOCKER_HOST.");
        }
        return new Engine(Requirement.met(), address, facts);
    }

    private static Engine missing(String what) {
        return new Engine(Requirement.missing(what), null, null);
    }

    /** Checks for what a backend with containers needs: Testcontainers on the class path, and an engine. */
    public static Requirement needed() {
        return library(LIBRARY, Engine.class.getClassLoader())
                .map(Requirement::missing)
                .orElseGet(() -> find().requirement());
    }

    static Optional<String> library(String name, @Nullable ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
            return Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of("Testcontainers is not on the class path. Add the dependency"
                    + " org.testcontainers:testcontainers (2.0.5 or newer) in scope test.");
        }
    }

    /**
     * Tells whether an image can run there.
     *
     * @param architecture of the image, for example {@code amd64}
     * @return what is wrong; empty if it fits, or the engine does not say what it runs on
     */
    public Optional<String> mismatch(String architecture) {
        var known = facts;
        String wanted = EngineFacts.architecture(architecture);
        if (known == null || List.of("?", wanted).contains(known.architecture())) {
            return Optional.empty();
        }
        return Optional.of("The image is for " + wanted + ", but the engine at " + address + " runs on "
                + known.architecture() + ". Choose an image for " + known.architecture()
                + ", or an engine of the other kind by DOCKER_HOST");
    }
}
