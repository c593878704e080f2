package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.Note;

class WalletRoutesTests {
    private static final String ZERO = "0".repeat(64);
    private static final long SECOND = DevNet.SECOND;

    private final TestGenesis genesis = new TestGenesis(2, 3);
    private final DevNet net = DevNet.create(
                    2, Layout.FULL, genesis, config -> TestConfigs.knowing(config, genesis.walletKeys()))
            .start();
    private final Member node = net.node(0);
    private final String key = genesis.walletKeys().get(0).toHex();

    private void assertText(ApiResponse response, int status, String body) {
        assertThat(DevNet.text(response)).isEqualTo(body);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo("text/plain; charset=utf-8");
    }

    private HeaderId genesisId() {
        return new GenesisTx(genesis.transaction()).header().id();
    }

    @Test
    void tellsTheBalanceOfAKnownKey() {
        assertText(
                node.request("GET", "/wallet/" + key + "/balance", ""),
                200,
                "{\"tip\":\"" + genesisId() + "\",\"balance\":100,\"address\":\"" + key + "\"}");
        assertThat(node.get("/wallet/" + key + "/balance?tip=" + genesisId())).contains("\"balance\":100");
    }

    @Test
    void refusesOthers() {
        String other = genesis.leader(1).toPublicKey().toHex();
        assertText(
                node.request("GET", "/wallet/" + other + "/balance", ""),
                404,
                "The requested address could not be found in the wallet.");
        assertText(node.request("GET", "/wallet/abc/balance", ""), 400, "Invalid URL: Odd number of digits");
        assertText(
                node.request("GET", "/wallet/" + key + "/balance?tip=" + ZERO, ""),
                500,
                "Requested wallet state for unknown block: 0x" + ZERO);
        assertText(
                node.request("GET", "/wallet/" + key + "/balance?tip=abcd", ""),
                400,
                "Failed to deserialize query string: invalid string length");
    }

    @Test
    void knowsNoBlockOlderThanTheLib() {
        net.run(100 * SECOND);

        assertText(
                node.request("GET", "/wallet/" + key + "/balance?tip=" + genesisId(), ""),
                500,
                "Requested wallet state for unknown block: 0x" + genesisId());
        assertThat(node.get("/wallet/" + key + "/balance?tip=" + node.info().lib()))
                .contains("\"balance\":100");
    }

    @Test
    void doesNotFindAKeyThatSpentAllItsNotes() {
        String other = genesis.walletKeys().get(1).toHex();
        node.submit(genesis.pay(
                0,
                List.of(genesis.walletNote(0)),
                List.of(new Note(TestGenesis.WALLET_VALUE, genesis.walletKeys().get(1)))));
        net.run(18 * SECOND);

        assertThat(node.get("/wallet/" + other + "/balance")).contains("\"balance\":200");
        assertText(
                node.request("GET", "/wallet/" + key + "/balance", ""),
                404,
                "The requested address could not be found in the wallet.");
        assertThat(node.get("/wallet/" + key + "/balance?tip=" + genesisId())).contains("\"balance\":100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | 0 | 101 | Wallet does not have enough funds, available=100",
                "null | 3 | 1 | Wallet does not have enough funds, available=0",
                "null | 0 | 100 | KMS API error: Failed to get multiple signature.",
                "tip | 0 | 100 | Requested wallet state for unknown block: 0x"
                        + "0000000000000000000000000000000000000000000000000000000000000000"
            })
    void transfersNothing(String tip, int owner, long amount, String text) {
        String payer = owner < 3 ? key : genesis.leader(1).toPublicKey().toHex();
        String body = "{\"tip\":" + (tip.equals("tip") ? "\"" + ZERO + "\"" : tip) + ",\"change_public_key\":\""
                + key + "\",\"funding_public_keys\":[\"" + payer + "\",\"" + payer
                + "\"],\"recipient_public_key\":\"" + key + "\",\"amount\":" + amount + "}";

        assertText(node.request("POST", "/wallet/transactions/transfer-funds", body), 500, text);
    }

    @Test
    void refusesATransferThatIsNone() {
        ApiResponse response = node.request("POST", "/wallet/transactions/transfer-funds", "{}");

        assertThat(response.status()).isEqualTo(422);
        assertThat(DevNet.text(response)).contains("\"change_public_key\"");
    }
}
