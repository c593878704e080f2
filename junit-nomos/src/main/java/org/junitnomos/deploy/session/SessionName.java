package org.junitnomos.deploy.session;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a session's directory: {@code <pid>.<birth>.<random>}, and {@code ~<pid>.<birth>} of who cleans it up
 * once it is dead. It says whose it is, so that a session is never without an owner, not even while it is made, and
 * claiming one is a single rename.
 *
 * @param id without the claim
 * @param owner the test JVM
 * @param token 16 hexadecimal digits that nobody else has
 * @param claimer who cleans up; null if nobody does
 */
record SessionName(
        String id,
        ProcessIdentity owner,
        String token,
        @Nullable ProcessIdentity claimer) {
    private static final Pattern SHAPE =
            Pattern.compile("([0-9]{1,18})\\.([0-9a-z-]+)\\.([0-9a-f]{16})(?:~([0-9]{1,18})\\.([0-9a-z-]+))?");
    private static final int TOKEN_BYTES = 8;

    static SessionName fresh() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        var owner = ProcessIdentity.current();
        return new SessionName(owner.pid() + "." + owner.birth() + "." + token, owner, token, null);
    }

    /** Reads a name; empty for whatever else may lie there. */
    static Optional<SessionName> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var owner = new ProcessIdentity(Long.parseLong(matcher.group(1)), matcher.group(2));
        var claimer = matcher.group(4) == null
                ? null
                : new ProcessIdentity(Long.parseLong(matcher.group(4)), matcher.group(5));
        String id = text.substring(0, matcher.end(3));
        return Optional.of(new SessionName(id, owner, matcher.group(3), claimer));
    }

    SessionName claimedBy(ProcessIdentity process) {
        return new SessionName(id, owner, token, process);
    }

    /** What the markers of all its entries begin with. */
    String markerPrefix() {
        return "nomos-" + token;
    }

    String text() {
        var by = claimer;
        return by == null ? id : id + "~" + by.pid() + "." + by.birth();
    }

    /** Whether somebody may clean it up: the owner is dead for sure, and so is whoever began to. */
    boolean isOrphan() {
        var by = claimer;
        return owner.life() == ProcessIdentity.Life.DEAD && (by == null || by.life() == ProcessIdentity.Life.DEAD);
    }
}
