package org.junitnomos.devnode;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.chain.ChainState;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.WireFormatException;
import org.junitnomos.mantle.ZkPublicKey;

/** Tells balances of the keys the node's wallet knows (node contract 1.4). */
final class WalletHandlers {
    private final Chain chain;
    private final Set<ZkPublicKey> knownKeys;

    WalletHandlers(Chain chain, Set<ZkPublicKey> knownKeys) {
        this.chain = chain;
        this.knownKeys = new LinkedHashSet<>(knownKeys);
    }

    ApiResponse balance(ApiRequest request, String value, long now) {
        ZkPublicKey key = parseKey(value);
        @Nullable HeaderId wanted = Requests.optionalId(request, "tip");
        ChainBlock tip = wanted == null ? chain.tip() : chain.find(wanted);
        ChainState state = tip == null ? null : tip.state();
        if (tip == null || state == null) {
            throw new ApiRefusal(500, "Requested wallet state for unknown block");
        }
        if (!knownKeys.contains(key)) {
            throw new ApiRefusal(404, "The requested address could not be found in the wallet.");
        }
        return ApiResponses.text(
                200,
                "{\"tip\":\"" + tip.id() + "\",\"balance\":"
                        + Long.toUnsignedString(state.ledger().balance(key)) + ",\"address\":\"" + key + "\"}");
    }

    private static ZkPublicKey parseKey(String value) {
        try {
            return ZkPublicKey.fromHex(value);
        } catch (WireFormatException problem) {
            throw new ApiRefusal(400, "Invalid URL: Cannot parse `public_key`: " + problem.getMessage());
        }
    }
}
