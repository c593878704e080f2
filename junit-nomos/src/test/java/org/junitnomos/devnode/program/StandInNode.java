package org.junitnomos.devnode.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.stream.IntStream;
import org.junitnomos.deploy.diagnosis.ProposedBlock;
import org.junitnomos.mantle.OtherProofs;
import org.junitnomos.realnode.StandInProof;
import org.junitnomos.realnode.StandIns;

/**
 * Stands in for {@code nomos-node} and, with {@code --executor}, for {@code nomos-executor}: it takes their arguments and
 * their configuration, logs as they do, and runs a dev node that takes the proofs of {@code StandInProver}.
 *
 * <p>Options: {@code --panic=PAYLOAD} lets a service panic, so that the HTTP port never opens, or with
 * {@code --when=FILE} once that file exists, while the node runs; {@code --node=NAME} lets that happen in one node;
 * {@code --release=TEXT} takes the proofs of other circuits; {@code --udp=MILLIS} finds and keeps peers over UDP as real
 * nodes do, through whatever is between them; a connection is lost after a silence of so long; {@code --datagrams} finds
 * peers over UDP where each node has a machine of its own.
 */
public final class StandInNode {
    private static final String LOCATION =
            "nomos-services/data-availability/network/src/backends/libp2p/validator.rs:172:17";

    private static final long LOOK_MILLIS = 50;

    private StandInNode() {}

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> paths = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("--")) {
                int equals = argument.indexOf('=');
                options.put(
                        equals < 0 ? argument : argument.substring(0, equals),
                        equals < 0 ? "" : argument.substring(equals + 1));
            } else {
                paths.add(argument);
            }
        }
        if (paths.size() != 1) {
            System.err.println("error: the following required arguments were not provided:\n  <CONFIG>");
            System.exit(2);
        }
        run(Path.of(paths.get(0)), options);
    }

    private static void run(Path file, Map<String, String> options) throws Exception {
        boolean check = options.containsKey("--check-config");
        boolean executor = options.containsKey("--executor");
        JsonNode config;
        try {
            config = StandInConfig.read(Files.readString(file), executor, check);
        } catch (StandInConfig.Wrong wrong) {
            System.err.println("Error: " + wrong.getMessage());
            System.exit(1);
            return;
        }
        if (check) {
            System.out.println("Config file is valid! ✅");
            return;
        }
        for (String variable : List.of("POL_PROOF_DEV_MODE", "NOMOS_CIRCUITS")) {
            if (System.getenv(variable) == null) {
                System.err.println("Error: " + variable + " is not set");
                System.exit(1);
            }
        }
        System.setOut(new PrintStream(new RealLines(System.out), true, StandardCharsets.UTF_8));
        start(file.toAbsolutePath(), config, executor, options);
    }

    private static void start(Path file, JsonNode config, boolean executor, Map<String, String> options)
            throws Exception {
        String name = String.valueOf(file.getParent().getFileName());
        boolean panics = options.containsKey("--panic") && name.equals(options.getOrDefault("--node", name));
        if (panics && !options.containsKey("--when")) {
            panic(options.get("--panic"));
            sleepForEver();
        }
        if (!Files.isReadable(Path.of(config.at("/da_verifier/share_verifier_settings/global_params_path")
                .asText()))) {
            panic("Global parameters should be loaded");
            sleepForEver();
        }
        String release = options.getOrDefault("--release", StandIns.RELEASE);
        OtherProofs.accept((proof, transaction) -> StandInProof.isAbout(proof, transaction, release));
        HttpPort.configure();
        DevNodeProgram program;
        try {
            boolean udp = options.containsKey("--udp");
            boolean datagrams = options.containsKey("--datagrams");
            var setup = new StandInSetup(file, config, executor, udp || datagrams).read();
            program = DevNodeProgram.open(setup, System.getenv());
            Files.createDirectories(file.resolveSibling("db"));
            if (datagrams) {
                StandInDatagrams.start(config, setup);
            }
            if (udp) {
                StandInNetwork.start(file, config, setup, Long.parseLong(options.get("--udp")));
            }
        } catch (ConfigException refused) {
            panic("called `Result::unwrap()` on an `Err` value: Ledger(Mantle(Sdp(InvalidProof)))");
            sleepForEver();
            return;
        } catch (IOException taken) {
            panic("Error listening on DA network with address /ip4/127.0.0.1: " + taken.getMessage());
            sleepForEver();
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(program::stop, "stop"));
        if (panics) {
            panicWhen(Path.of(options.get("--when")), options.get("--panic"));
        }
        System.exit(program.run() ? 0 : 101);
    }

    private static void panicWhen(Path file, String payload) {
        var task = new TimerTask() {
            @Override
            public void run() {
                if (Files.exists(file)) {
                    cancel();
                    panic(payload);
                }
            }
        };
        new Timer(true).schedule(task, 0, LOOK_MILLIS);
    }

    /** A service died, the process lives on. */
    private static void sleepForEver() throws InterruptedException {
        new java.util.concurrent.CountDownLatch(1).await();
    }

    private static void panic(String payload) {
        String quoted = payload.replace("\\", "\\\\").replace("\"", "\\\"");
        System.out.println(
                "ERROR nomos_tracing::panic: A panic occurred \u001b[3mpanic.payload\u001b[0m\u001b[2m=\u001b[0m\""
                        + quoted + "\" \u001b[3mpanic.location\u001b[0m\u001b[2m=\u001b[0m\"" + LOCATION
                        + "\" \u001b[3mpanic.backtrace\u001b[0m\u001b[2m=\u001b[0m\"disabled backtrace\"");
    }

    /** Gives every line the time and the colors that real nodes write. */
    private static final class RealLines extends OutputStream {
        private final PrintStream out;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        RealLines(PrintStream out) {
            this.out = out;
        }

        @Override
        public synchronized void write(int character) {
            if (character != '\n') {
                line.write(character);
                return;
            }
            String text = proposedAsReal(line.toString(StandardCharsets.UTF_8));
            line.reset();
            String level = text.contains("ERROR") ? "\u001b[31mERROR" : "\u001b[32m INFO";
            out.println("\u001b[2m" + Instant.now().truncatedTo(ChronoUnit.MICROS) + "\u001b[0m " + level
                    + "\u001b[0m \u001b[2mnomos_node\u001b[0m\u001b[2m:\u001b[0m " + text);
            out.flush();
        }

        /** Real nodes write the bytes of the id as numbers. */
        private static String proposedAsReal(String text) {
            return ProposedBlock.of(text)
                    .map(block -> "proposed block with id HeaderId(" + unsigned(block.toBytes())
                            + ") containing 0 transactions (0 removed)")
                    .orElse(text);
        }

        private static List<Integer> unsigned(byte[] bytes) {
            return IntStream.range(0, bytes.length)
                    .mapToObj(i -> Byte.toUnsignedInt(bytes[i]))
                    .toList();
        }
    }
}
