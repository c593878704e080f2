package org.junitnomos.client;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.MantleJson;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What an exchange costs on top of an in-memory transport. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class NodeClientBenchmark {

    private static final String ID = "7b84f924e4708409a5f53fa72dd965aa8786eb043b31978e33fedd13e3dc5c03";
    private static final byte[] INFO = ("{\"lib\":\"" + ID + "\",\"tip\":\"" + ID
                    + "\",\"slot\":7,\"height\":1,\"mode\":\"Online\"}")
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] BLOCK = MantleJson.encode(WireFixtures.block(
            WireFixtures.GENESIS,
            7,
            WireFixtures.transfer(1),
            WireFixtures.transfer(2),
            WireFixtures.transfer(3),
            WireFixtures.transfer(4),
            WireFixtures.transfer(5)));

    private final NodeClient client = NodeClients.over(request -> new HttpTransport.Response(
                    200, Map.of(), new ByteArrayInputStream(request.path().equals("/storage/block") ? BLOCK : INFO)))
            .client(new NodeEndpoint("validator-0", URI.create("http://validator-0:3000"), null));

    @Benchmark
    public CryptarchiaInfo cryptarchiaInfo() {
        return client.cryptarchiaInfo();
    }

    @Benchmark
    public Optional<Block> blockWithFiveTransactions() {
        return client.block(WireFixtures.GENESIS);
    }
}
