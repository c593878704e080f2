package org.junitnomos.deploy.real;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file of data that nodes or circuits read, looked at before anything starts. */
final class DataFile implements AutoCloseable {
    private final FileChannel channel;
    private final long size;

    private DataFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
    }

    /** The form of a file, of which nothing but its length is looked at. */
    interface Form {
        /** Files of any length. */
        Form ANY = file -> 0;

        /**
         * Reads how long a file must be.
         *
         * @return in bytes, at least so many; 0 if the file does not have that form
         * @throws EOFException if the file ends where it should say so
         */
        long length(DataFile file) throws IOException;
    }

    /** Says why a file is of no use, in a statement about it; empty if nothing is seen to be wrong. */
    static Optional<String> unusable(Path file, Form form) {
        if (!Files.exists(file)) {
            return Optional.of(file + " does not exist");
        }
        if (Files.isDirectory(file)) {
            return Optional.of(file + " is a directory");
        }
        try (var opened = new DataFile(file)) {
            return opened.size == 0
                    ? Optional.of(file + " is empty")
                    : opened.missing(form).map(missing -> file + " " + missing);
        } catch (IOException e) {
            return Optional.of(file + " cannot be read (" + e + ")");
        }
    }

    private Optional<String> missing(Form form) throws IOException {
        String cut = "was cut off: it has " + size + " bytes, and what it begins with speaks of ";
        try {
            long length = form.length(this);
            return size < length ? Optional.of(cut + length) : Optional.empty();
        } catch (EOFException e) {
            return Optional.of(cut + "more");
        }
    }

    /**
     * Reads a number, whose least byte comes first.
     *
     * @param at where it begins, in bytes from the beginning of the file
     * @param bytes its length, at most 8
     * @return below 0 only if it has 8 bytes
     * @throws EOFException if the file ends before its end
     */
    long number(long at, int bytes) throws IOException {
        var buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        long number = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            number = number << Byte.SIZE | buffer.get(i) & 0xff;
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
