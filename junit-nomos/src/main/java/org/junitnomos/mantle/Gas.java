package org.junitnomos.mantle;

import java.math.BigInteger;

/** Computes the cost of a transaction (node contract 2.5). */
final class Gas {

    private static final long LEDGER_TX_GAS = 2705;

    private Gas() {}

    static BigInteger costOf(SignedMantleTx signed) {
        MantleTx tx = signed.tx();
        BigInteger cost = BigInteger.ZERO;
        if (tx.executionGasPrice() != 0) {
            BigInteger gas = BigInteger.valueOf(LEDGER_TX_GAS);
            for (Op op : tx.ops()) {
                gas = gas.add(unsigned(op.executionGas()));
            }
            cost = gas.multiply(unsigned(tx.executionGasPrice()));
        }
        if (tx.storageGasPrice() != 0) {
            int length = MantleCodec.encode(signed).length;
            cost = cost.add(BigInteger.valueOf(length).multiply(unsigned(tx.storageGasPrice())));
        }
        for (Op op : tx.ops()) {
            if (op instanceof ChannelBlob blob && blob.daStorageGasPrice() != 0) {
                cost = cost.add(unsigned(blob.blobSize()).multiply(unsigned(blob.daStorageGasPrice())));
            }
        }
        return cost;
    }

    private static BigInteger unsigned(long value) {
        BigInteger number = BigInteger.valueOf(value);
        return value < 0 ? number.add(BigInteger.ONE.shiftLeft(64)) : number;
    }
}
