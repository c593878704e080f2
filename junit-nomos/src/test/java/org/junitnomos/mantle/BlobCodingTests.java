package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobCodingTests {
    private static byte[] data(int elements) {
        byte[] data = new byte[BlobCoding.ELEMENT_LENGTH * elements];
        new Random(elements).nextBytes(data);
        return data;
    }

    @Test
    void theFirstOfTwoColumnsIsTheData() {
        byte[] data = data(5);
        BlobShare first = BlobCoding.encode(data, 2).shares().get(0);

        assertThat(BlobCoding.dataOfTwoColumns(first, data.length)).isEqualTo(data);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> BlobCoding.dataOfTwoColumns(first, data.length + 1))
                .withMessage("A blob of 156 bytes has 6 rows of 31 bytes, but its column has 5.");
    }

    private static List<BlobShare> choose(BlobCoding.Coded coded, int mask) {
        List<BlobShare> chosen = new ArrayList<>();
        for (BlobShare share : coded.shares()) {
            if ((mask >> share.index() & 1) == 1) {
                chosen.add(0, share);
            }
        }
        return chosen;
    }

    private static BlobShare changed(BlobShare share, int at) {
        byte[] column = share.column();
        column[at] ^= 1;
        return new BlobShare(share.index(), column, share.proof());
    }

    /** The vector that well-known libraries of Reed-Solomon erasure codes share: five rows of data, five of parity. */
    @Test
    void extendsLikeOtherErasureCodes() {
        byte[][] shards = {{0, 1}, {4, 5}, {2, 3}, {6, 7}, {8, 9}};
        int[] known = {0, 1, 2, 3, 4};
        byte[][] parity = new byte[5][2];
        for (int i = 0; i < 5; i++) {
            int[] factors = ReedSolomon.factors(known, 5 + i);
            for (int j = 0; j < 5; j++) {
                ReedSolomon.addMultiple(parity[i], shards[j], factors[j]);
            }
        }

        assertThat(parity).isDeepEqualTo(new byte[][] {{12, 13}, {10, 11}, {14, 15}, {90, 91}, {94, 95}});
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,2", "3,4", "8,4", "5,8", "8,8", "33,8"})
    void reconstructsFromAnyHalfOfTheColumns(int elements, int columns) {
        byte[] data = data(elements);
        BlobCoding.Coded coded = BlobCoding.encode(data, columns);
        int tried = 0;
        for (int mask = 0; mask < 1 << columns; mask++) {
            if (Integer.bitCount(mask) == columns / 2) {
                assertThat(BlobCoding.reconstruct(coded.commitments(), choose(coded, mask), data.length))
                        .isEqualTo(data);
                tried++;
            }
        }
        assertThat(tried).isGreaterThanOrEqualTo(columns / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64, 256})
    void reconstructsFromParityAlone(int columns) {
        byte[] data = data(777);
        BlobCoding.Coded coded = BlobCoding.encode(data, columns);

        assertThat(BlobCoding.reconstruct(
                        coded.commitments(), coded.shares().subList(columns / 2, columns), data.length))
                .isEqualTo(data);
    }

    @Test
    void keepsTheDataReadableInTheFirstHalf() {
        byte[] data = data(4);
        BlobCoding.Coded coded = BlobCoding.encode(data, 4);

        assertThat(coded.commitments().rows()).isEqualTo(2);
        assertThat(coded.shares().get(1).column()).hasSize(64).startsWith(chunk(data, 1));
        assertThat(coded.shares().get(0).column()).startsWith(chunk(data, 0)).endsWith(chunk(data, 2));
    }

    private static byte[] chunk(byte[] data, int element) {
        byte[] chunk = new byte[BlobShare.CHUNK_LENGTH];
        System.arraycopy(data, 31 * element, chunk, 0, 31);
        return chunk;
    }

    @Test
    void verifiesEveryShareOfABlobAndNoOther() {
        BlobCoding.Coded coded = BlobCoding.encode(data(9), 8);
        BlobCommitments others = BlobCoding.encode(data(10), 8).commitments();
        for (BlobShare share : coded.shares()) {
            assertThat(coded.commitments().verify(share)).isTrue();
            assertThat(others.verify(share)).isFalse();
            for (int at = 0; at < share.column().length; at++) {
                assertThat(coded.commitments().verify(changed(share, at))).isFalse();
            }
            byte[] proof = share.proof();
            for (int at = 0; at < proof.length; at++) {
                byte[] other = proof.clone();
                other[at] ^= 1;
                assertThat(coded.commitments().verify(new BlobShare(share.index(), share.column(), other)))
                        .isFalse();
            }
            int neighbor = share.index() ^ 1;
            assertThat(coded.commitments().verify(new BlobShare(neighbor, share.column(), proof)))
                    .isFalse();
        }
    }

    @Test
    void verifiesNothingByCommitmentsThatAreNotWellFormed() {
        BlobCoding.Coded coded = BlobCoding.encode(data(3), 2);
        for (int at = 32; at < BlobCommitments.ENTRY_LENGTH; at++) {
            List<byte[]> entries = coded.commitments().entries();
            entries.get(2)[at] ^= 1;
            BlobCommitments commitments = BlobCommitments.of(entries);

            assertThat(commitments.columns()).isZero();
            assertThat(commitments.verify(coded.shares().get(0))).isFalse();
            assertThat(commitments.blobId()).isNotEqualTo(coded.commitments().blobId());
        }
        assertThat(BlobCommitments.of(List.of()).verify(coded.shares().get(0))).isFalse();
    }

    @Test
    void hasCommitmentsAndProofsOfTheLengthsInTheContract() {
        BlobCoding.Coded coded = BlobCoding.encode(data(3), 2);

        assertThat(coded.commitments().entries()).hasSize(3).allMatch(entry -> entry.length == 48);
        assertThat(coded.shares()).allMatch(share -> share.proof().length == 49);
        assertThat(BlobCoding.encode(data(3), 8).shares()).allMatch(share -> share.proof().length == 96);
    }

    @Test
    void refusesTooFewColumnsNamingThem() {
        BlobCoding.Coded coded = BlobCoding.encode(data(3), 4);

        assertThatThrownBy(() -> BlobCoding.reconstruct(coded.commitments(), choose(coded, 0b0100), 93))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Only columns [2] of blob " + coded.commitments().blobId()
                        + " are there, expected any 2 of 4.");
    }

    @Test
    void refusesAShareOfAnotherBlob() {
        BlobCoding.Coded coded = BlobCoding.encode(data(3), 4);
        List<BlobShare> shares =
                List.of(coded.shares().get(1), changed(coded.shares().get(3), 0));

        assertThatThrownBy(() -> BlobCoding.reconstruct(coded.commitments(), shares, 93))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The share of column 3 is none of blob "
                        + coded.commitments().blobId() + ".");
    }

    @Test
    void noticesColumnsThatAreNoCode() {
        byte[][] columns = new byte[4][32];
        columns[3][0] = 1;
        ColumnTree tree = new ColumnTree(columns);
        BlobCommitments commitments = BlobCommitments.ofTree(tree.root(), 1, 4);
        List<BlobShare> shares =
                List.of(new BlobShare(1, columns[1], tree.proof(1)), new BlobShare(3, columns[3], tree.proof(3)));

        assertThat(shares).allMatch(commitments::verify);
        assertThatThrownBy(() -> BlobCoding.reconstruct(commitments, shares, 62))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The columns of blob " + commitments.blobId() + " do not belong to one coded blob:"
                        + " coding what they give back leads to other commitments.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 92, 94, 124})
    void refusesASizeThatDoesNotFit(int size) {
        BlobCoding.Coded coded = BlobCoding.encode(data(3), 2);

        assertThatThrownBy(() -> BlobCoding.reconstruct(coded.commitments(), coded.shares(), size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A blob of " + size
                        + " bytes does not fill 3 rows of 31 bytes, expected a multiple of 31 that does.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 32, 61})
    void refusesDataThatIsNotMadeOfElements(int length) {
        assertThatThrownBy(() -> BlobCoding.encode(new byte[length], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The data has " + length + " bytes, expected a multiple of 31 that is not 0.");
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 0, 1, 3, 12, 512})
    void refusesOtherNumbersOfColumns(int columns) {
        assertThatThrownBy(() -> BlobCoding.encode(data(1), columns))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A blob is coded into " + columns + " columns, expected a power of two from 2 to 256.");
    }

    @Test
    void writesAndReadsTheJsonOfANode() {
        BlobCoding.Coded coded = BlobCoding.encode(data(2), 2);
        BlobShare share = coded.shares().get(1);
        String json = new String(BlobJson.encode(share), StandardCharsets.UTF_8);

        assertThat(json).startsWith("{\"share_idx\":1,\"column\":[[").contains("]],\"combined_column_proof\":[");
        assertThat(BlobJson.decodeOptionalShare(BlobJson.encode(share))).contains(share);
        assertThat(BlobJson.decodeOptionalCommitments(BlobJson.encode(coded.commitments())))
                .contains(coded.commitments());
        BlobJson.FullShare full = new BlobJson.FullShare(coded.commitments(), share);
        assertThat(BlobJson.decodeFullShare(BlobJson.encode(full))).isEqualTo(full);
        byte[] none = "null".getBytes(StandardCharsets.UTF_8);
        assertThat(BlobJson.decodeOptionalShare(none)).isEmpty();
        assertThat(BlobJson.decodeOptionalCommitments(none)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"share_idx\":65536} | share_idx: expected a number from 0 to 65535 but was 65536",
                "{\"column\":[[256]]} | column[0][0]: expected a number from 0 to 255 but was 256",
                "{\"rows_commitments\":[[1]]} | rows_commitments[0]: expected an array of 48 numbers but was 1",
                "{\"share_idx\":1} | expected the field \"rows_commitments\" but was missing",
                "[] | expected an object but was an array"
            })
    void refusesOtherJsonNamingThePlace(String json, String problem) {
        assertThatThrownBy(() -> BlobJson.decodeFullShare(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(WireFormatException.class)
                .hasMessage(problem);
    }
}
