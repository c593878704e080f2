package org.junitnomos.workload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.feed.ChainNotes;
import org.junitnomos.feed.OwnedNote;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.OpProof;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.scenario.RunContext;

/** Makes transactions that no node may include, from what is on the chain. */
final class HostileCraft {
    /** Inputs that a proof covers (node contract 2.4), and one more. */
    private static final int TOO_MANY = 33;

    /** Longer than what a node stores or sends (node contract 2.5). */
    private static final int TOO_LONG = 70_000;

    private final RunContext run;
    private final Random random;
    private final List<Wallet> wallets;
    private final List<SignedMantleTx> settled = new ArrayList<>();
    private Map<ZkPublicKey, OwnedNote> notes = new LinkedHashMap<>();

    /** What the irreversible blocks left, so that only the others are read again with each new block. */
    private final ChainNotes settledNotes;

    private int settledUpTo;
    private long number;

    HostileCraft(RunContext run) {
        this.run = run;
        this.random = run.random("hostile transactions");
        this.wallets = run.cluster().genesis().wallets();
        this.settledNotes = new ChainNotes(run.cluster().genesis().transaction(), List.of());
    }

    /** Looks what is on the chain now: the notes of the wallets, and transactions that are irreversible. */
    void look() {
        List<BlockRecord> chain = run.feed().chain();
        int k = run.scenario().topology().consensus().securityParameter();
        for (; settledUpTo < chain.size() - k - 1; settledUpTo++) {
            var record = chain.get(settledUpTo);
            settledNotes.add(record);
            record.block().transactions().stream()
                    .filter(transaction -> !transaction.tx().ledgerTx().inputs().isEmpty())
                    .forEach(settled::add);
        }
        notes = new LinkedHashMap<>();
        var rest = chain.subList(Math.min(settledUpTo, chain.size()), chain.size());
        for (var note : settledNotes.with(rest).all()) {
            notes.put(note.owner(), note);
        }
    }

    /** Makes one of a kind; empty if the chain has nothing to make it from. */
    Optional<SignedMantleTx> make(HostileKind kind) throws InterruptedException {
        number++;
        var wallet = wallets.get(random.nextInt(wallets.size()));
        var note = notes.get(wallet.owner());
        return switch (kind) {
            case REPLAY -> drawn();
            case DOUBLE_SPEND -> again();
            case UNKNOWN_NOTE ->
                Optional.of(sign(new LedgerTx(List.of(unknown(0)), List.of(new Note(1, wallet.owner()))), wallet));
            case TOO_MANY_INPUTS -> {
                var inputs = new ArrayList<NoteId>();
                for (int i = 0; i < TOO_MANY; i++) {
                    inputs.add(i == 0 && note != null ? note.id() : unknown(i));
                }
                yield Optional.of(sign(new LedgerTx(inputs, List.of(new Note(1, wallet.owner()))), wallet));
            }
            case WRONG_SIGNATURE, WRONG_PARENT, TOO_LARGE -> Optional.of(message(kind));
            case OVERSPEND, UNDERSPEND, FOREIGN_NOTE, SAME_NOTE_TWICE, WRONG_PROOF, ZERO_VALUE ->
                note == null || note.value() < 2 ? Optional.empty() : spend(kind, wallet, note);
        };
    }

    private @Nullable SignedMantleTx anySettled() {
        return settled.isEmpty() ? null : settled.get(random.nextInt(settled.size()));
    }

    private Optional<SignedMantleTx> drawn() {
        return Optional.ofNullable(anySettled());
    }

    /** Another transaction of the owner that spends what was spent, with an output that tells it from the first. */
    private Optional<SignedMantleTx> again() throws InterruptedException {
        var before = anySettled();
        if (before == null || before.tx().ledgerTx().outputs().isEmpty()) {
            return Optional.empty();
        }
        var output = before.tx().ledgerTx().outputs().get(0);
        var owner = wallets.stream()
                .filter(wallet -> wallet.owner().equals(output.owner()))
                .findFirst();
        if (owner.isEmpty() || output.value() < 3) {
            return Optional.empty();
        }
        long part = 1 + number % (output.value() - 2);
        var outputs = List.of(new Note(part, output.owner()), new Note(output.value() - part, output.owner()));
        return Optional.of(sign(new LedgerTx(before.tx().ledgerTx().inputs(), outputs), owner.get()));
    }

    private Optional<SignedMantleTx> spend(HostileKind kind, Wallet wallet, OwnedNote note)
            throws InterruptedException {
        var inputs = kind == HostileKind.SAME_NOTE_TWICE ? List.of(note.id(), note.id()) : List.of(note.id());
        var owner = wallet.owner();
        var outputs = switch (kind) {
            case OVERSPEND -> List.of(new Note(note.value() + 1 + number, owner));
            case UNDERSPEND -> List.of(new Note(1 + number % (note.value() - 1), owner));
            case SAME_NOTE_TWICE -> List.of(new Note(2 * note.value(), owner));
            case ZERO_VALUE -> List.of(new Note(note.value(), owner), new Note(0, owner));
            case FOREIGN_NOTE -> List.of(new Note(note.value(), other(wallet).owner()));
            default -> List.of(new Note(note.value(), owner));
        };
        var ledger = new LedgerTx(inputs, outputs);
        if (kind == HostileKind.FOREIGN_NOTE) {
            return Optional.of(sign(ledger, other(wallet)));
        }
        if (kind == HostileKind.WRONG_PROOF) {
            // the key of another one proves another transaction, so its bytes are a proof, but not of this one
            var stranger = other(wallet);
            var foreign = run.sign(MantleTx.of(List.of(), new LedgerTx(List.of(unknown(1)), outputs)), stranger.key());
            var split = List.of(new Note(1, owner), new Note(note.value() - 1, owner));
            return Optional.of(new SignedMantleTx(
                    MantleTx.of(List.of(), new LedgerTx(inputs, split)), List.of(), foreign.ledgerTxProof()));
        }
        return Optional.of(sign(ledger, wallet));
    }

    private Wallet other(Wallet wallet) {
        return wallets.get((wallets.indexOf(wallet) + 1) % wallets.size());
    }

    private SignedMantleTx sign(LedgerTx ledger, Wallet wallet) throws InterruptedException {
        return run.sign(MantleTx.of(List.of(), ledger), wallet);
    }

    private NoteId unknown(int index) {
        return new NoteId(Fr.of(1_000_000_007L * number + index));
    }

    /** A message on a channel of its own, which has none yet. */
    private SignedMantleTx message(HostileKind kind) throws InterruptedException {
        var seed = new byte[32];
        random.nextBytes(seed);
        var signer = Ed25519PrivateKey.fromSeed(seed);
        var channel = ChannelId.of(signer.publicKey().toBytes());
        var text = kind == HostileKind.TOO_LARGE
                ? new byte[TOO_LONG]
                : ("hostile " + number).getBytes(StandardCharsets.UTF_8);
        random.nextBytes(seed);
        var parent = kind == HostileKind.WRONG_PARENT ? MsgId.of(seed) : MsgId.ZERO;
        var transaction =
                MantleTx.of(List.of(new ChannelInscribe(channel, text, parent, signer.publicKey())), LedgerTx.EMPTY);
        var signed = run.sign(transaction, signer);
        if (kind != HostileKind.WRONG_SIGNATURE) {
            return signed;
        }
        var stranger = Ed25519PrivateKey.fromSeed(seed);
        return new SignedMantleTx(
                transaction,
                Collections.singletonList(new OpProof.Ed25519Sig(stranger.sign(transaction.hash()))),
                signed.ledgerTxProof());
    }
}
