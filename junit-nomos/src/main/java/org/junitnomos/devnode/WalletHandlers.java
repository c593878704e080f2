package org.junitnomos.devnode;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.TransferRequest;
import org.junitnomos.mantle.WireFormatException;
import org.junitnomos.mantle.ZkPublicKey;

/** Tells balances of the keys the node's wallet knows, and fails to pay as a real node does (node contract 1.4). */
final class WalletHandlers {
    private final Chain chain;
    private final Set<ZkPublicKey> knownKeys;

    WalletHandlers(Chain chain, Set<ZkPublicKey> knownKeys) {
        this.chain = chain;
        this.knownKeys = new LinkedHashSet<>(knownKeys);
    }

    /** What the wallet knows of one block. */
    private record View(ChainBlock block, LedgerState ledger) {}

    private View view(@Nullable HeaderId wanted) {
        ChainBlock block = wanted == null ? chain.tip() : chain.find(wanted);
        if (block == null
                || block.state() == null
                || block.height() < chain.lib().height()) {
            throw new ApiRefusal(500, "Requested wallet state for unknown block: 0x" + wanted);
        }
        return new View(block, block.state().ledger());
    }

    /** A key without unspent notes is as unknown as one that the wallet does not have. */
    ApiResponse balance(ApiRequest request, String value, long now) {
        ZkPublicKey key = parseKey(value);
        View view = view(Requests.optionalId(request, "tip"));
        Long balance = knownKeys.contains(key) ? view.ledger.balances().get(key) : null;
        if (balance == null) {
            throw new ApiRefusal(404, "The requested address could not be found in the wallet.");
        }
        return ApiResponses.text(
                200,
                "{\"tip\":\"" + view.block.id() + "\",\"balance\":" + Long.toUnsignedString(balance) + ",\"address\":\""
                        + key + "\"}");
    }

    /** No transfer ever succeeds: the wallet asks its keys for a signature they cannot give. */
    ApiResponse transfer(ApiRequest request, String value, long now) {
        TransferRequest wanted = Requests.body(request, MantleJsonValues::decodeTransfer);
        View view = view(wanted.tip());
        long available = new LinkedHashSet<>(wanted.funding())
                .stream()
                        .filter(knownKeys::contains)
                        .mapToLong(view.ledger::balance)
                        .sum();
        throw new ApiRefusal(
                500,
                Long.compareUnsigned(available, wanted.amount()) < 0
                        ? "Wallet does not have enough funds, available=" + Long.toUnsignedString(available)
                        : "KMS API error: Failed to get multiple signature.");
    }

    private static ZkPublicKey parseKey(String value) {
        try {
            return ZkPublicKey.fromHex(value);
        } catch (WireFormatException problem) {
            String text = value.length() == 64 ? problem.getMessage() : Requests.hexProblem(value);
            throw new ApiRefusal(400, "Invalid URL: " + Character.toUpperCase(text.charAt(0)) + text.substring(1));
        }
    }
}
