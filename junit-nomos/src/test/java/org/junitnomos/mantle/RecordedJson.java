package org.junitnomos.mantle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.StringJoiner;
import org.junitnomos.mantle.ProofOfLeadership.PublicInputs;

/** Small conversions between what was recorded and bytes. */
final class RecordedJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordedJson() {}

    static JsonNode of(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    /** Write bytes as JSON does that is not pretty. */
    static String numbers(byte[] bytes) {
        StringJoiner numbers = new StringJoiner(",", "[", "]");
        for (byte each : bytes) {
            numbers.add(Integer.toString(each & 0xff));
        }
        return numbers.toString();
    }

    static byte[] bytes(JsonNode numbers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        numbers.forEach(number -> bytes.write(number.intValue()));
        return bytes.toByteArray();
    }

    /** Return what the leader of a development build signs (node contract 2.9). */
    static byte[] signedBytes(Header header) {
        ProofOfLeadership proof = header.proofOfLeadership();
        PublicInputs inputs = proof.publicInputs().orElseThrow();
        ByteBuffer bytes = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0).put(header.parent().toBytes()).putLong(header.slot());
        bytes.put(header.blockRoot().toBytes());
        bytes.putLong(ProofOfLeadership.PROOF_LENGTH).put(proof.proof());
        bytes.put(proof.entropyContribution().toLittleEndianBytes());
        bytes.putLong(32).put(proof.leaderKey().toBytes());
        bytes.put(proof.voucherCm().toLittleEndianBytes());
        bytes.putLong(inputs.slot()).put(inputs.epochNonce().toLittleEndianBytes());
        bytes.putLong(inputs.totalStake()).put(inputs.agedRoot().toLittleEndianBytes());
        bytes.put(inputs.latestRoot().toLittleEndianBytes());
        byte[] signed = new byte[bytes.position()];
        bytes.flip().get(signed);
        return signed;
    }
}
