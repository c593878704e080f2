package org.junitnomos.devnode.planted;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkSignature;

/** Create nodes that do all as they should but, from a time on, answer one kind of question with what is not so. */
public record LyingNode(Lie lie, long fromNanos) implements NodeCoreFactory {

    /** What is not so. */
    public enum Lie {
        DROPS_A_TRANSACTION,
        ALTERS_A_TRANSACTION,
        REORDERS_TRANSACTIONS,
        OTHER_SLOT_IN_HEADER,
        HEIGHT_BY_ONE,
        SLOT_BY_ONE,
        CACHED_TIP,
        LIB_OF_NO_CHAIN,
        HEADERS_OF_OTHER_CHAIN,
        FORGETS_BLOCKS,
        OTHER_LEDGER_PROOF
    }

    @Override
    public NodeCore create(DevNodeConfig config, NodeStore store, Outbox outbox) {
        return new Passing.Core(new DevNode(config, store, outbox)) {
            private ApiResponse cached;

            @Override
            public ApiResponse handle(ApiRequest request, long now) {
                ApiResponse answer = right.handle(request, now);
                if (now < fromNanos || answer.status() != 200) {
                    return answer;
                }
                String body = new String(answer.body(), StandardCharsets.UTF_8);
                return switch (request.path()) {
                    case "/cryptarchia/info" -> {
                        if (lie == Lie.CACHED_TIP) {
                            cached = cached == null ? answer : cached;
                            yield cached;
                        }
                        yield with(answer, info(body));
                    }
                    case "/cryptarchia/headers" -> with(answer, headers(body));
                    case "/storage/block" -> with(answer, body.equals("null") ? body : block(body));
                    default -> answer;
                };
            }
        };
    }

    private static ApiResponse with(ApiResponse answer, String body) {
        return new ApiResponse(
                answer.status(), answer.contentType(), body.getBytes(StandardCharsets.UTF_8), answer.lines());
    }

    private String info(String body) {
        return switch (lie) {
            case HEIGHT_BY_ONE -> add(body, "\"height\":", -1);
            case SLOT_BY_ONE -> add(body, "\"slot\":", 1);
            case LIB_OF_NO_CHAIN -> body.replaceFirst("\"lib\":\"[0-9a-f]{64}", "\"lib\":\"" + "ab".repeat(32));
            default -> body;
        };
    }

    private static String add(String body, String field, long number) {
        int from = body.indexOf(field) + field.length();
        int to = body.indexOf(',', from);
        long old = Long.parseLong(body.substring(from, to));
        return body.substring(0, from) + Math.max(0, old + number) + body.substring(to);
    }

    private String headers(String body) {
        return lie == Lie.HEADERS_OF_OTHER_CHAIN ? body.replaceAll("\"[0-9a-f]{4}", "\"abab") : body;
    }

    private String block(String body) {
        Block block = MantleJson.decodeBlock(body.getBytes(StandardCharsets.UTF_8));
        List<SignedMantleTx> transactions = new ArrayList<>(block.transactions());
        Header header = block.header();
        switch (lie) {
            case DROPS_A_TRANSACTION -> {
                if (!transactions.isEmpty()) {
                    transactions.remove(transactions.size() - 1);
                }
            }
            case ALTERS_A_TRANSACTION -> {
                if (!transactions.isEmpty()) {
                    transactions.set(0, altered(transactions.get(0)));
                }
            }
            case REORDERS_TRANSACTIONS -> Collections.reverse(transactions);
            case OTHER_SLOT_IN_HEADER ->
                header = new Header(header.parent(), header.slot() + 1, header.blockRoot(), header.proofOfLeadership());
            case OTHER_LEDGER_PROOF -> transactions.replaceAll(LyingNode::withOtherProof);
            case FORGETS_BLOCKS -> {
                return "null";
            }
            default -> {
                return body;
            }
        }
        return new String(
                MantleJson.encode(new Block(header, block.signature(), transactions)), StandardCharsets.UTF_8);
    }

    private static SignedMantleTx withOtherProof(SignedMantleTx signed) {
        byte[] proof = signed.ledgerTxProof().toBytes();
        proof[0] ^= 1;
        return new SignedMantleTx(signed.tx(), signed.opProofs(), ZkSignature.of(proof));
    }

    private static SignedMantleTx altered(SignedMantleTx signed) {
        LedgerTx ledger = signed.tx().ledgerTx();
        List<NoteId> inputs = new ArrayList<>(ledger.inputs());
        inputs.add(new NoteId(Fr.of(1)));
        List<Note> outputs = ledger.outputs();
        MantleTx tx = MantleTx.of(signed.tx().ops(), new LedgerTx(inputs, outputs));
        return new SignedMantleTx(tx, signed.opProofs(), signed.ledgerTxProof());
    }
}
