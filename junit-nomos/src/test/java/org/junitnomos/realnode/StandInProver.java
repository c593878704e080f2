package org.junitnomos.realnode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.ZkSecretKey;

/**
 * Stands in for the {@code prover} of the circuits: it checks its input as strictly as the circuit does, and writes what
 * has the form of a proof. It is bound to owner and message, proves nothing, and {@link StandInProof} knows it again.
 */
public final class StandInProver {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEYS = 32;

    private StandInProver() {}

    /** Takes proving key, witness, and the files to write: proof and public inputs. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            fail("expected 4 arguments but was " + List.of(arguments));
        }
        String release = Files.readString(Path.of(arguments[0]));
        if (!release.startsWith("stand-in key")) {
            fail("invalid proving key " + arguments[0]);
        }
        JsonNode witness = JSON.readTree(Files.readAllBytes(Path.of(arguments[1])));
        if (witness.size() != 2
                || !witness.path("msg").isTextual()
                || witness.path("secret_keys").size() != KEYS) {
            fail("witness must be msg and " + KEYS + " secret_keys but was " + witness);
        }
        Fr message = element(witness.path("msg"));
        var keys = new ArrayList<Fr>();
        witness.path("secret_keys").forEach(key -> keys.add(element(key)));
        Fr owner = keys.get(0);
        if (keys.stream().anyMatch(key -> !key.equals(owner) && !key.equals(Fr.ZERO))) {
            fail("nodes that are stood in for know one owner of all notes, but there are several");
        }
        Files.writeString(Path.of(arguments[2]), proof(owner, message, release) + "\0\0");
        var inputs = JSON.createArrayNode();
        keys.forEach(key -> inputs.add(
                new ZkSecretKey(key).toPublicKey().value().toBigInteger().toString()));
        inputs.add(message.toBigInteger().toString());
        Files.writeString(Path.of(arguments[3]), inputs + "\0");
    }

    private static String proof(Fr owner, Fr message, String release) throws IOException {
        var proof = JSON.createObjectNode();
        proof.putArray("pi_a").add(owner.toBigInteger().toString()).add("1").add("1");
        var b = proof.putArray("pi_b");
        b.addArray()
                .add(StandInProof.binding(owner, message, release)
                        .toBigInteger()
                        .toString())
                .add("1");
        b.addArray().add("1").add("1");
        b.addArray().add("1").add("0");
        proof.putArray("pi_c").add("7").add("1").add("1");
        proof.put("protocol", "groth16");
        return JSON.writeValueAsString(proof);
    }

    private static Fr element(JsonNode number) {
        if (!number.isTextual() || !number.asText().matches("[0-9]{1,77}")) {
            fail("expected a number in decimal but was " + number);
        }
        var value = new BigInteger(number.asText());
        Fr element = Fr.of(value);
        if (!element.toBigInteger().equals(value)) {
            fail("expected a number below r but was " + number);
        }
        return element;
    }

    private static void fail(String why) {
        System.err.println("Error: " + why);
        System.exit(1);
    }
}
