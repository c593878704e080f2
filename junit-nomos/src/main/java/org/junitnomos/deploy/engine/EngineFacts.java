package org.junitnomos.deploy.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What an engine says of itself.
 *
 * @param version of the engine, for people; for example {@code 20.10.24}
 * @param apiVersion newest version of its API; for example {@code 1.41}
 * @param system of its containers: {@code linux} or {@code windows}
 * @param architecture of its machine in the words of images: {@code amd64}, {@code arm64}
 */
@API(status = INTERNAL, since = "0.1")
public record EngineFacts(String version, String apiVersion, String system, String architecture) {
    private static final String UNKNOWN = "?";

    /**
     * Asks an engine.
     *
     * @param address of an engine that the JDK can speak with
     * @param limit for one request; there is a second only if the first was answered
     * @return what it says
     * @throws EngineUnreachableException if nobody answers in time
     * @throws IOException if something answers that is no engine
     */
    public static EngineFacts ask(EngineAddress address, Duration limit) throws IOException {
        var http = new EngineHttp(address);
        var ping = http.send("GET", "/_ping", limit);
        if (!ping.isSuccess()) {
            throw new IOException("what listens at " + address + " answers GET /_ping with " + ping.problem());
        }
        var version = http.send("GET", "/version", limit);
        if (version.isSuccess() && version.json() instanceof Map<?, ?> fields) {
            return new EngineFacts(
                    text(fields.get("Version")),
                    text(fields.get("ApiVersion")),
                    text(fields.get("Os")).toLowerCase(Locale.ROOT),
                    architecture(text(fields.get("Arch"))));
        }
        throw new IOException("what listens at " + address + " answers GET /version with " + version.problem());
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? text : UNKNOWN;
    }

    /**
     * Translates the name of an architecture into that which images have.
     *
     * @param name of the system property {@code os.arch}, of {@code uname -m} or of an engine
     * @return for example {@code amd64} for {@code x86_64}
     */
    public static String architecture(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "x86_64", "x64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> lower;
        };
    }

    /**
     * Compares the version of the API.
     *
     * @param major of the wanted version
     * @param minor of the wanted version
     * @return whether the engine has that version or a newer one; true if it says none
     */
    public boolean hasApi(int major, int minor) {
        String[] parts = apiVersion.split("\\.", -1);
        try {
            int hasMajor = Integer.parseInt(parts[0]);
            int hasMinor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            return hasMajor > major || hasMajor == major && hasMinor >= minor;
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
