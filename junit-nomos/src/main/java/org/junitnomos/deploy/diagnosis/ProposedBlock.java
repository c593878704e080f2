package org.junitnomos.deploy.diagnosis;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.junitnomos.mantle.HeaderId;

/**
 * The block that a node proposed, by a line of its log: headers do not tell, as in dev mode all leaders have one key
 * (node contract 2.9).
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ProposedBlock {
    /** A dev node writes the id, a real one the numbers of its bytes: {@code HeaderId([18, 52, …])}. */
    private static final Pattern LINE = Pattern.compile(
            "(?i)\\bpropos\\w* (?:a )?(?:new )?block\\b.{0,40}?(?:([0-9a-f]{64})|HeaderId\\(\\[([0-9, ]+)])");

    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private ProposedBlock() {}

    /**
     * Reads a line.
     *
     * @param line without colors
     * @return the id of the block; empty if the line tells of none
     */
    public static Optional<HeaderId> of(String line) {
        var found = LINE.matcher(line);
        if (!found.find()) {
            return Optional.empty();
        }
        return found.group(1) != null ? Optional.of(HeaderId.fromHex(found.group(1))) : ofNumbers(found.group(2));
    }

    private static Optional<HeaderId> ofNumbers(String text) {
        var numbers = COMMA.split(text.strip());
        if (numbers.length != HeaderId.LENGTH) {
            return Optional.empty();
        }
        var bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            int number;
            try {
                number = Integer.parseInt(numbers[i]);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
            if (number < 0 || number > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) number;
        }
        return Optional.of(HeaderId.of(bytes));
    }
}
