package org.junitnomos.deploy.real;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the lines in which a real node tells that a part of it died, or that its chain did. A service that panics or
 * fails ends alone: the process lives on, and may still answer (node contract 5.2).
 */
final class LogTroubles {
    private static final int LONGEST = 600;
    private static final Pattern PANIC = Pattern.compile("A panic occurred\\b.*");
    private static final Pattern EARLY_PANIC = Pattern.compile("thread '[^']*'.* panicked at (\\S+):(?: (.*))?$");

    /**
     * Lines that are no panics, and what they mean. That an epoch state is not available is none of them: a node that
     * was started anew says so until it finds the chain.
     */
    private static final List<Known> KNOWN = List.of(
            new Known(
                    "Failed to bind to address ",
                    Part.FROM,
                    "its HTTP port is taken: %s. End the program that listens there (ss -ltnp shows it)"),
            new Known(
                    "Failed to convert block to storage format",
                    Part.LINE,
                    "it makes no block any more, for ever: its pending transactions have more bytes than a block can"
                            + " hold (node contract 3.5): %s"),
            new Known(
                    "Error while waiting for Service's task to be completed: ",
                    Part.AFTER,
                    "a part of it ended with an error: %s"));

    /** What is known of the causes of panics, by their payload. */
    private static final List<Cause> CAUSES = List.of(
            new Cause(
                    "(?i).*(error listening|failed to listen|failed to bind|address already in use|addrinuse).*",
                    ". A port is taken: end the program that listens there (ss -lunp shows it)"),
            new Cause(
                    "(?i).*(invalid ?proof|invalid ?signature).*",
                    ". The proofs of the genesis are refused: the circuits of NOMOS_CIRCUITS must be those of"
                            + " the release that the node was built with"),
            new Cause(
                    "(?i).*(nomos-circuits|witness generator|NOMOS_CIRCUITS|signature should succeed).*",
                    ". A circuit is missing or fails: NOMOS_CIRCUITS must name a whole release"),
            new Cause(
                    "(?i).*(global parameters|global encoder params|kzg|global_params).*",
                    ". The parameters of KZG cannot be read: NOMOS_KZGRS_PARAMS_PATH must name kzgrs_test_params"));

    /** What is told of a line with a phrase; every line is looked at, so it is no pattern. */
    private record Known(String phrase, Part part, String text) {
        Optional<String> in(String line) {
            int at = line.indexOf(phrase);
            if (at < 0) {
                return Optional.empty();
            }
            int begin = switch (part) {
                case LINE -> 0;
                case FROM -> at;
                case AFTER -> at + phrase.length();
            };
            return Optional.of(text.formatted(cut(line.substring(begin).strip())));
        }
    }

    /** What of a line is told. */
    private enum Part {
        LINE,
        FROM,
        AFTER
    }

    private record Cause(Pattern pattern, String text) {
        Cause(String pattern, String text) {
            this(Pattern.compile(pattern), text);
        }
    }

    private LogTroubles() {}

    /** Says what a line tells of; one line without a full stop, backtraces left out. */
    static Optional<String> of(String line) {
        Matcher panic = PANIC.matcher(line);
        if (panic.find()) {
            return Optional.of(panic(field("panic.payload", panic.group()), field("panic.location", panic.group())));
        }
        Matcher early = EARLY_PANIC.matcher(line.strip());
        if (early.find()) {
            return Optional.of(panic(early.group(2) == null ? "" : early.group(2), early.group(1)));
        }
        return KNOWN.stream().flatMap(known -> known.in(line).stream()).findFirst();
    }

    private static String panic(String payload, String location) {
        String cause = CAUSES.stream()
                .filter(known -> known.pattern().matcher(payload).matches())
                .map(Cause::text)
                .findFirst()
                .orElse("");
        return "a part of it panicked: " + (payload.isEmpty() ? "without a message" : '"' + cut(payload) + '"')
                + (location.isEmpty() ? "" : " at " + location) + cause;
    }

    /** The value of a field, which is quoted as Rust quotes texts; on one line. */
    private static String field(String name, String text) {
        Matcher value = Pattern.compile(Pattern.quote(name) + "=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+))")
                .matcher(text);
        if (!value.find()) {
            return "";
        }
        String quoted = value.group(1);
        return quoted == null
                ? value.group(2)
                : quoted.replace("\\n", " ")
                        .replace("\\\"", "\"")
                        .replace("\\\\", "\\")
                        .strip();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
