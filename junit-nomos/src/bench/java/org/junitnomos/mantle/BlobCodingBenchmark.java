package org.junitnomos.mantle;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measure how long one blob takes; its size over that is the throughput. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BlobCodingBenchmark {
    /** Size of a blob, rounded down to whole elements of 31 bytes. */
    @Param({"1024", "16384", "262144"})
    private int bytes;

    @Param({"2", "8"})
    private int columns;

    private byte[] data = {};
    private BlobCoding.Coded coded = BlobCoding.encode(new byte[BlobCoding.ELEMENT_LENGTH], 2);
    private List<BlobShare> extension = List.of();

    /** Encode a blob, and keep the half of its columns that has none of its bytes as they are. */
    @Setup(Level.Trial)
    public void encodeOnce() {
        data = new byte[bytes / BlobCoding.ELEMENT_LENGTH * BlobCoding.ELEMENT_LENGTH];
        new Random(4711).nextBytes(data);
        coded = BlobCoding.encode(data, columns);
        extension = coded.shares().subList(columns / 2, columns);
    }

    /** Extend the rows, commit to them and prove every column. */
    @Benchmark
    public Object encode() {
        return BlobCoding.encode(data, columns);
    }

    /** Verify the shares of half of the columns and compute the bytes from them. */
    @Benchmark
    public byte[] reconstruct() {
        return BlobCoding.reconstruct(coded.commitments(), extension, data.length);
    }

    /** Verify the share of one column. */
    @Benchmark
    public boolean verify() {
        return coded.commitments().verify(extension.get(0));
    }
}
