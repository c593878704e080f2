package org.junitnomos.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.ZkPublicKey;

/** Knows the shapes of the answers that are no transactions and no blocks (node contract 1.4). */
final class AnswerShapes {

    private static final JsonFactory FACTORY = new JsonFactory();

    private AnswerShapes() {}

    /** Writes JSON. */
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    static byte[] write(Writing content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            content.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    static CryptarchiaInfo cryptarchiaInfo(byte[] body) throws IOException {
        AnswerFields answer = AnswerFields.document(body);
        return new CryptarchiaInfo(
                answer.field("lib").id(HeaderId::fromHex),
                answer.field("tip").id(HeaderId::fromHex),
                answer.field("slot").unsigned(),
                answer.field("height").unsigned(),
                answer.field("mode").text());
    }

    static List<HeaderId> headerIds(byte[] body) throws IOException {
        return AnswerFields.document(body).list(id -> id.id(HeaderId::fromHex));
    }

    /** The answer {@code null}; other JSON is tolerated, since newer nodes may tell more. */
    static Boolean nothing(byte[] body) throws IOException {
        return AnswerFields.document(body).isNull();
    }

    static MempoolMetrics mempoolMetrics(byte[] body) throws IOException {
        AnswerFields answer = AnswerFields.document(body);
        return new MempoolMetrics(
                answer.field("pending_items").unsigned(),
                answer.field("last_item_timestamp").unsigned());
    }

    static List<TransactionStatus> statuses(byte[] body, int asked) throws IOException {
        List<TransactionStatus> statuses = AnswerFields.document(body).list(AnswerShapes::status);
        if (statuses.size() != asked) {
            throw new IllegalArgumentException(
                    "expected " + asked + " statuses, one a transaction, but was " + statuses.size());
        }
        return statuses;
    }

    private static TransactionStatus status(AnswerFields answer) {
        if (!answer.isText()) {
            HeaderId block = answer.field("InBlock").field("block").id(HeaderId::fromHex);
            return new TransactionStatus(TransactionStatus.Kind.IN_BLOCK, block);
        }
        return switch (answer.text()) {
            case "Pending" -> new TransactionStatus(TransactionStatus.Kind.PENDING, null);
            case "Unknown" -> new TransactionStatus(TransactionStatus.Kind.UNKNOWN, null);
            case "Rejected" -> new TransactionStatus(TransactionStatus.Kind.REJECTED, null);
            default -> throw answer.unexpected("\"Pending\", \"Unknown\", \"Rejected\" or {\"InBlock\":{…}}");
        };
    }

    static NetworkInfo networkInfo(byte[] body) throws IOException {
        AnswerFields answer = AnswerFields.document(body);
        return new NetworkInfo(
                answer.field("listen_addresses").list(AnswerFields::text),
                answer.field("n_peers").count(),
                answer.field("n_connections").count(),
                answer.field("n_pending_connections").count());
    }

    static WalletBalance walletBalance(byte[] body) throws IOException {
        AnswerFields answer = AnswerFields.document(body);
        return new WalletBalance(
                answer.field("tip").id(HeaderId::fromHex),
                answer.field("balance").unsigned(),
                answer.field("address").id(ZkPublicKey::fromHex));
    }

    static FinalizedBlock finalizedBlock(byte[] line) throws IOException {
        AnswerFields answer = AnswerFields.document(line);
        return new FinalizedBlock(
                answer.field("height").unsigned(), answer.field("header_id").id(HeaderId::fromHex));
    }
}
